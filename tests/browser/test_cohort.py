"""The summary of many cases in a browser: valid, readable by everybody, on paper too."""

import re
from pathlib import Path

import pytest

from tests.browser.chromium import TAGS, Browser
from tests.browser.test_report import MILLIMETRE, PAPERS, SPLIT, TOO_WIDE
from tests.report.cohort_pages import PAGES, cohort_page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "cohort.html"
    file.write_text(cohort_page(request.param), encoding="utf-8")
    return file


def test_it_is_valid(browser: Browser, page: Path) -> None:
    assert browser.invalid(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("look", ["light", "dark", "print"])
def test_it_is_accessible_and_asks_for_nothing(browser: Browser, page: Path, look: str) -> None:
    rules = TAGS[:-1] if look == "print" else TAGS  # nobody touches paper
    with browser.open(page, dark=look != "light", print_=look == "print") as opened:
        assert opened.violations(rules) == []
        assert opened.told == []
        assert opened.requests == [page.as_uri()]


@pytest.mark.parametrize("width", [320, 390, 1400])
def test_nothing_stands_out_of_a_window(browser: Browser, page: Path, width: int) -> None:
    with browser.open(page, width=width) as opened:
        assert opened.evaluate(TOO_WIDE) == []


def test_a_bar_is_as_wide_as_what_it_tells(browser: Browser, page: Path) -> None:
    wide = """[...document.querySelectorAll('svg.bar[role=img]')].every((bar) => {
      const all = bar.getBoundingClientRect().width;
      const parts = [...bar.querySelectorAll('rect:not(.frame)')]
        .map((each) => each.getBoundingClientRect().width);
      return all === 0 || parts.length === 0
        || Math.abs(all - parts.reduce((one, other) => one + other)) < 1;
    })"""
    with browser.open(page) as opened:
        assert opened.evaluate(wide)


def test_it_prints_all_of_it_to_a_tagged_pdf(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "cohort.html"
    page.write_text(cohort_page("few"), encoding="utf-8")
    wide = round(PAPERS["A4"][0] * MILLIMETRE)
    with browser.open(page, width=wide, print_=True) as opened:
        assert opened.evaluate(TOO_WIDE) == []
        assert opened.evaluate(SPLIT) == 0
        folded = "document.querySelector('details:not([open]) article')"
        assert opened.evaluate(f"{folded} === null || {folded}.getBoundingClientRect().height > 20")
        printed = opened.pdf(tmp_path / "cohort.pdf")
    assert b"/StructTreeRoot" in printed
    assert re.search(rb"/Marked\s+true", printed)
    assert b"/TH" in printed
