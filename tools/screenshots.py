"""How do the pictures of docs/img come about? From the demonstration and the busy project, all of them in one go."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.browser import FLAGS
from bench.server import served
from tools.browser import installed

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "img"
WIDE, MIDDLE, NARROW = (1400, 900), (1024, 768), (390, 844)
ARTICLE = "علاقه کره شمالی"  # the seed's headline begins so
DISPUTED = "طرح انتقال آب"
SETTLED = 250  # milliseconds in which what fades or scrolls has come to rest
LOAD = """
import django
django.setup()
from newsroom.start import collect_static_files, prepare_database
prepare_database()
collect_static_files()
"""


def main() -> None:
    """Loads what there is to see into a database of its own, and looks at it."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"NEWSROOM_HOME": folder, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        subprocess.run([sys.executable, "-c", LOAD], env=env, check=True)
        subprocess.run([sys.executable, "-m", "tests.busy_project"], env=env, check=True)
        with served(Path(folder)) as port, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
            studio = Studio(browser, f"http://127.0.0.1:{port}")
            for take in (workspace, popover, stance, english, narrow, adjudication, scheme, dashboard):
                take(studio)
            browser.close()


class Studio:
    """A browser and a server, and where the pictures go."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base

    def page(
        self, name: str, size: tuple[int, int] = WIDE, *, password: str = "newsroom", theme: str = "light",
        language: str = "fa",
    ) -> Page:  # fmt: skip
        """Opens the first page of a person, in their colours and language."""
        width, height = size
        context = self.browser.new_context(
            base_url=self.base, viewport={"width": width, "height": height}, locale="fa-IR", has_touch=size == NARROW
        )
        page = context.new_page()
        page.goto("/login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", password)
        page.keyboard.press("Enter")
        page.wait_for_selector(".bar .end form")
        for field, value in (("theme", theme), ("language", language)):
            page.evaluate(CHOOSE, [field, value])
        return page

    def seed(self, size: tuple[int, int] = WIDE, **looks: str) -> Page:
        """Opens the seed's article in the workspace of its annotator."""
        page = self.page("annotator", size, **looks)
        page.goto("/")
        page.locator("main a[href^='/sets/']", has_text=ARTICLE).first.click()
        return ready(page)

    def take(self, page: Page, name: str) -> None:
        """Writes what is in the window as a picture."""
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(SETTLED)
        page.screenshot(path=FOLDER / f"{name}.png")
        page.context.close()
        print(name)


CHOOSE = """async ([field, value]) => {
  const body = new FormData(document.querySelector("form:has([name=theme], [name=language])"));
  body.set(field, value);
  await fetch("/preferences/", { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
}"""


def ready(page: Page) -> Page:
    """Waits until the page can be worked in."""
    page.wait_for_selector("html[data-ready]")
    return page


def workspace(studio: Studio) -> None:
    """The workspace as one comes to it."""
    studio.take(studio.seed(), "workspace-light")


def popover(studio: Studio) -> None:
    """A name selected, in the dark."""
    page = studio.seed(theme="dark")
    page.locator("#doc [role=mark]", has_text="ولادیمیر").first.click()
    page.wait_for_selector("#popover:not([hidden])")
    studio.take(page, "workspace-dark")


def stance(studio: Studio) -> None:
    """A stance under the mouse: the first one that has both its ends in the text, brought into sight."""
    page = studio.seed()
    arc = page.locator("#overlay .arc-icon")
    for card in page.locator("#panel-body .stance").all():
        card.hover()
        if arc.count():
            arc.evaluate("icon => icon.scrollIntoView({ block: 'center', behavior: 'instant' })")
            break
    studio.take(page, "workspace-stance")


def english(studio: Studio) -> None:
    """The same for who reads English, on a small screen."""
    studio.take(studio.seed(MIDDLE, language="en"), "workspace-english")


def narrow(studio: Studio) -> None:
    """On a phone."""
    studio.take(studio.seed(NARROW), "workspace-narrow")


def adjudication(studio: Studio) -> None:
    """Three differences decided, the fourth being decided."""
    page = studio.page("reviewer")
    page.goto("/projects/demo/adjudication/")
    page.locator("main a", has_text=DISPUTED).first.click()
    ready(page)
    for _ in range(3):
        page.keyboard.press("Digit1")
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.keyboard.press("Enter")
    page.keyboard.press("Digit1")
    page.get_by_role("button", name="متن مبهم").click()
    page.mouse.move(0, 0)
    studio.take(page, "adjudication")


def scheme(studio: Studio) -> None:
    """The editor of the label scheme."""
    page = studio.page("manager")
    page.goto("/projects/demo/scheme/")
    studio.take(ready(page), "scheme")


def dashboard(studio: Studio) -> None:
    """The dashboard of a project after nine weeks of work."""
    page = studio.page("radm", password="radm")
    page.goto("/projects/busy/dashboard/", wait_until="networkidle")
    studio.take(page, "dashboard")


if __name__ == "__main__":
    main()
