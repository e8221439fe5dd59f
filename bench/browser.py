"""How does a measurement sign in and look at a page in Chromium?"""

from http.cookiejar import CookieJar
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from playwright.sync_api import Browser, Page

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def signed_in(base: str, username: str = "annotator") -> OpenerDirector:
    """Returns an opener with the session of a person whose password is their name."""
    jar = CookieJar()
    opener = build_opener(HTTPCookieProcessor(jar))
    opener.jar = jar
    opener.open(f"{base}/login/").read()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    form = f"username={username}&password={username}&csrfmiddlewaretoken={token}".encode()
    opener.open(Request(f"{base}/login/", form, {"Referer": f"{base}/login/"})).read()
    return opener


def workspace(browser: Browser, opener: OpenerDirector, base: str, path: str) -> Page:
    """Opens a set's page in a browser context of its own, and waits until it can be worked in."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.add_cookies([{"name": cookie.name, "value": cookie.value, "url": base} for cookie in opener.jar])
    page = context.new_page()
    page.goto(base + path)
    page.wait_for_selector("html[data-ready]")
    return page
