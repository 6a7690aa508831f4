"""The browser that drives the other tests of this folder sees what they rely on it to see."""

from pathlib import Path

import pytest

from tests.browser.chromium import Browser

pytestmark = pytest.mark.slow

GOOD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title></head>
<body><main><h1>A page</h1><p id="said">Text</p></main></body></html>
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.html"
    file.write_text(GOOD)
    return file


def test_a_good_page_has_nothing_wrong(browser: Browser, page: Path) -> None:
    assert browser.invalid(GOOD) == []
    with browser.open(page) as opened:
        assert opened.violations() == []
        assert opened.told == []
        assert opened.requests == [page.as_uri()]
        assert opened.evaluate("document.querySelector('#said').textContent") == "Text"


def test_a_bad_page_is_told(browser: Browser, page: Path, tmp_path: Path) -> None:
    bad = GOOD.replace("Text", "<img src='none.png' style='color: #ddd'>")
    page.write_text(bad)
    assert any("[no-inline-style]" in each for each in browser.invalid(bad))
    with browser.open(page) as opened:
        assert [each.split(":")[0] for each in opened.violations()] == ["image-alt"]
        assert opened.requests == [page.as_uri(), (tmp_path / "none.png").as_uri()]
        assert len(opened.told) == 1


def test_contrast_is_seen_as_the_page_is_shown(browser: Browser, page: Path) -> None:
    style = "<style>@media (prefers-color-scheme: dark) { #said { color: #eee } }</style>"
    page.write_text(GOOD.replace("</head>", f"{style}</head>"))
    with browser.open(page) as light, browser.open(page, dark=True) as dark:
        assert light.violations() == []
        assert [each.split(":")[0] for each in dark.violations()] == ["color-contrast"]


def test_a_page_without_scripts_runs_none(browser: Browser, page: Path) -> None:
    page.write_text(GOOD.replace("</main>", "</main><script>document.title = 'Ran'</script>"))
    with browser.open(page) as with_scripts, browser.open(page, scripts=False) as without:
        assert with_scripts.evaluate("document.title") == "Ran"
        assert without.evaluate("document.title") == "A page"


def test_keys_clicks_and_pictures(browser: Browser, page: Path, tmp_path: Path) -> None:
    field = "<label>Name <input id='name'></label>"
    page.write_text(GOOD.replace("</main>", f"{field}</main>"))
    with browser.open(page) as opened:
        opened.click("#name")
        opened.press("a", "b")
        assert opened.evaluate("document.querySelector('#name').value") == "ab"
        opened.screenshot(tmp_path / "page.png")
        assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
        assert b"/StructTreeRoot" in opened.pdf(tmp_path / "page.pdf", "Letter")


def test_what_fails_in_the_page_fails_the_test(browser: Browser, page: Path) -> None:
    with browser.open(page) as opened, pytest.raises(AssertionError, match="no_such_thing"):
        opened.evaluate("no_such_thing()")
