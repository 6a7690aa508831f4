"""The report in a browser: valid, readable by everybody, asks for nothing, prints on paper."""

import re
from pathlib import Path
from typing import Final, Literal

import pytest

from tests.browser.chromium import TAGS, Browser
from tests.report.html_pages import HOSTILE, cases, hostile_page, hostile_pathway_page, page_of

pytestmark = pytest.mark.slow

REPORTS: Final = [
    ("neuroendocrine", "bowel_net_syndrome_spread"),
    ("neuroendocrine", "everything_asked_nothing_known"),
    ("prostate", "bone_pain_not_imaged"),
    ("park", "brace_middling_beech"),
]
PAPERS: Final[dict[Literal["A4", "Letter"], tuple[int, int]]] = {
    "A4": (210 - 28, 297 - 26),
    "Letter": (216 - 28, 279 - 26),
}
"""How wide and high what is printed may be, in millimetres: the paper without its margins."""
MILLIMETRE: Final = 96 / 25.4
TOO_WIDE: Final = """
[...document.querySelectorAll('body *:not(.hidden)')]
  .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((each) => each.outerHTML.slice(0, 80))
"""
SPLIT: Final = """
[...document.querySelectorAll('tr, figure')]
  .filter((each) => getComputedStyle(each).breakInside !== 'avoid').length
"""
OUT_OF_BOX: Final = """
[...document.querySelectorAll('svg text')].filter((text) => {
  const svg = text.ownerSVGElement.getBoundingClientRect();
  const box = text.parentNode.querySelector('rect')?.getBoundingClientRect() ?? svg;
  return text.getBoundingClientRect().right > box.right;
}).map((text) => text.textContent)
"""


@pytest.fixture(params=REPORTS, ids="-".join)
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    file = tmp_path / "report.html"
    file.write_text(page_of(*request.param), encoding="utf-8")
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


def test_it_is_the_same_without_scripts(browser: Browser, page: Path) -> None:
    with browser.open(page) as opened, browser.open(page, scripts=False) as without:
        whole = "document.body.innerText"
        assert without.evaluate(whole) == opened.evaluate(whole)
        assert without.told == []


def test_it_is_dark_where_its_reader_is_and_light_on_paper(browser: Browser, page: Path) -> None:
    def background(*, dark: bool, print_: bool) -> str:
        with browser.open(page, dark=dark, print_=print_) as opened:
            return str(opened.evaluate("getComputedStyle(document.body).backgroundColor"))

    assert background(dark=False, print_=False) == "rgb(251, 250, 247)"
    assert background(dark=True, print_=False) == "rgb(18, 23, 28)"
    assert background(dark=True, print_=True) == "rgb(255, 255, 255)"


@pytest.mark.parametrize("width", [320, 768, 1400])
def test_nothing_stands_out_of_a_window(browser: Browser, page: Path, width: int) -> None:
    with browser.open(page, width=width) as opened:
        assert opened.evaluate(TOO_WIDE) == []
        assert opened.evaluate(OUT_OF_BOX) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_it_prints_to_a_tagged_pdf_with_nothing_cut_off(
    browser: Browser, page: Path, paper: Literal["A4", "Letter"], tmp_path: Path
) -> None:
    wide = round(PAPERS[paper][0] * MILLIMETRE)
    with browser.open(page, width=wide, print_=True) as opened:
        assert opened.evaluate(TOO_WIDE) == []
        assert opened.evaluate(SPLIT) == 0
        printed = opened.pdf(tmp_path / "report.pdf", paper)
    assert b"/StructTreeRoot" in printed
    assert re.search(rb"/Marked\s+true", printed)
    assert b"/Lang (en)" in printed
    sizes = {
        tuple(round(float(each)) for each in size.split())
        for size in re.findall(rb"/MediaBox \[0 0 ([\d. ]+)\]", printed)
    }
    assert sizes == {{"A4": (596, 842), "Letter": (612, 792)}[paper]}


@pytest.mark.parametrize(
    "name", [*list(cases("neuroendocrine"))[::15], "net_spread_autoimmune_conditions"]
)
def test_what_is_read_in_a_minute_fits_on_one_page(
    browser: Browser, name: str, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_text(page_of("neuroendocrine", name), encoding="utf-8")
    wide, high = (round(each * MILLIMETRE) for each in PAPERS["A4"])
    with browser.open(file, width=wide, height=high, print_=True) as opened:
        first = "document.querySelector('.first').getBoundingClientRect().bottom"
        assert opened.evaluate(first) <= high


def test_hostile_text_does_nothing(browser: Browser, tmp_path: Path) -> None:
    for text in (hostile_page(), hostile_pathway_page()):
        file = tmp_path / "report.html"
        file.write_text(text, encoding="utf-8")
        with browser.open(file) as opened:
            assert opened.told == []
            assert opened.requests == [file.as_uri()]
            assert opened.evaluate("document.scripts.length + document.images.length") == 0
            assert HOSTILE[:60] in str(opened.evaluate("document.title"))
