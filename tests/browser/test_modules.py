"""The workspace's modules: every import leads somewhere, none runs in a circle, and all of them fit into one file."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from annotations.models import Span
from newsroom.bundle import COMMENT, ENTRIES, EXPORT, IMPORT, BundleError, bundle
from tests.browser.conftest import SignIn
from tests.browser.hand import letters, press, queue_empty
from tests.browser.static_files import StaticFiles
from tests.factories import make_cast, make_set

STATIC = Path(__file__).parents[2] / "static"


def written(**modules: str) -> tuple[Path, dict[Path, str]]:
    files = {Path(f"/js/{name}.js"): source for name, source in modules.items()}
    return Path("/js/main.js"), files


def test_modules_are_small() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in (STATIC / "js").rglob("*.js")}
    assert not {name: length for name, length in lengths.items() if length > 300}


def test_what_a_module_imports_is_exported_there() -> None:
    sources = {path: COMMENT.sub("", path.read_text(encoding="utf-8")) for path in (STATIC / "js").rglob("*.js")}
    missing = [
        f"{path.name}: {name} from {address}"
        for path, source in sources.items()
        for names, address in IMPORT.findall(source)
        for name in (one.split()[0] for one in names.split(",") if one.strip())
        if name not in EXPORT.findall(sources.get((path.parent / address).resolve(), ""))
    ]
    assert not missing


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_page_s_modules_fit_into_one_file_without_imports(entry: str) -> None:
    said = bundle(STATIC / entry)
    assert 'from "' not in said
    assert "\n/**" not in said


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_bundle_is_a_module_that_chromium_reads(page: Page, entry: str) -> None:
    # Without the page's data it fails when it runs, but not while it is read.
    said = page.evaluate(
        "code => import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))).catch(error => error.name)",
        bundle(STATIC / entry),
    )
    assert said == "TypeError"


def test_the_workspace_runs_on_its_modules_as_they_lie_too(
    transactional_db: None, page: Page, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StaticFiles, "bundled", False)
    cast = make_cast()
    work = make_set(cast)
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    loaded = page.evaluate("performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.js')).length")
    assert loaded > 50
    press(page, "KeyJ")
    press(page, f"{letters(page, '0')} Digit3")
    queue_empty(page)
    assert Span.objects.get(annotation_set=work).label.key == "LOC"


def test_modules_keep_their_private_names_in_the_bundle(page: Page) -> None:
    imports = 'import { a as first } from "./a.js";\nimport {\n  b,\n} from "./b.js";\n'
    entry, files = written(
        main=imports + "const GAP = 3;\nwindow.said = [first(), b, GAP];\n",
        a='/** says */\nimport { b } from "./b.js";\n/** @type {number} */ (1).toFixed();\n/** more */\n'
        "const GAP = 1;\nexport function a() {\n  return GAP + b;\n}\n",
        b="// why\nconst GAP = 2;\nexport const b = GAP * 10;\n",
    )
    page.add_script_tag(content=bundle(entry, read=files.__getitem__), type="module")
    # A module without an address runs after the tag is in the page, not while it is put there.
    assert page.wait_for_function("window.said").json_value() == [21, 20, 3]


def test_modules_that_import_each_other_are_refused() -> None:
    back = 'import { b } from "./main.js";\nexport const a = 1;\n'
    entry, files = written(main='import { a } from "./a.js";\n', a=back)
    with pytest.raises(BundleError, match="imports itself"):
        bundle(entry, read=files.__getitem__)


@pytest.mark.parametrize("line", ["export default 1;\n", 'import * as all from "./a.js";\n', "export { a };\n"])
def test_an_unknown_form_is_refused(line: str) -> None:
    entry, files = written(main=line, a="")
    with pytest.raises(BundleError, match=r"main\.js"):
        bundle(entry, read=files.__getitem__)
