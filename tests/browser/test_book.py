"""The page of a whole pathway in Chromium: what it says, by which keys, what it asks for."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import Browser, Page
from tests.report.book_cases import COMPARING, MOMENT, NAMES, cases, compiled_named
from tests.small import TODAY, at, shipped, small
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.reasoning.situation import situation
from wizard.record import replace
from wizard.report.book.page import page
from wizard.wording.options import option_lists
from wizard.workbench.gallery import gallery_cases

pytestmark = pytest.mark.slow

HOSTILE = "</script><script>document.title=1</script><img src=x onerror=alert(1)> \u202eabc &lt;"
PLACES = ("options", "questions", "alerts", "documents", "cases", "more", "about")
PART = 100
"""Cases that are compared at once."""


@cache
def text_of(name: str, folder: Path) -> str:
    return page(compiled_named(name, folder), MOMENT)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("book")


def written(name: str, folder: Path) -> Path:
    file = folder / f"{name}.html"
    if not file.exists():
        file.write_text(text_of(name, folder), "utf-8")
    return file


@pytest.fixture
def book(browser: Browser, folder: Path) -> Iterator[Page]:
    """The page of the shipped pathway."""
    with browser.open(written("shipped", folder)) as opened:
        yield opened


def lists(book: Page) -> dict[str, list[str]]:
    """The options of each list, by their labels."""
    found: dict[str, list[str]] = book.evaluate(
        "Object.fromEntries($$('.list').map((list) => [list.dataset.status,"
        " $$('.row summary > b', list).map((label) => label.textContent)]))"
    )
    return found


def asked(book: Page) -> str:
    return str(book.evaluate("now.asked ?? ''"))


# --- the proof -------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("name", NAMES)
def test_it_says_of_2000_cases_what_the_wizard_says(
    browser: Browser, folder: Path, name: str, part: int
) -> None:
    compiled = compiled_named(name, folder)
    comparing = COMPARING.read_text("utf-8")
    with browser.open(written(name, folder)) as opened:
        for first in range(part * 500, part * 500 + 500, PART):
            told = json.dumps(list(cases(compiled, range(first, first + PART))))
            code = f"(() => {{ {comparing}; return differences(data, {told}); }})()"
            assert opened.evaluate(code) == []
        assert len(opened.requests) == 1


def test_it_shows_what_the_wizard_shows(book: Page) -> None:
    """Of a case that is answered by keys, the three lists, why, alerts and notices."""
    book.press("1", "1", "*", "3", "1", "Enter")
    given = {"tumour_type": "net", "site": "pancreas", "extent": "spread"}
    now = at({**given, "tumour_size": None, "spread_sites": {"liver": "present"}}, shipped())
    assert lists(book) == {
        status.value: [row.label for row in rows] for status, rows in option_lists(now).items()
    }
    told = book.evaluate("$('#row-chemotherapy .why').textContent")
    assert told == "described because Tumour type: NET; Spread: Has spread"
    shown = book.evaluate("$$('.raised:not([hidden])').map((each) => each.dataset.alert)")
    assert sorted(shown) == sorted(now.assessment.alerts)
    setting = book.evaluate("$('#row-interferon [data-line=\"setting:\"] .is').textContent")
    assert setting == "depends on: Other treatments"
    assert book.evaluate("$('#row-interferon .remarks').textContent") == "2016, often second line"


# --- what is valid, accessible and inert -----------------------------------------------------


@pytest.mark.parametrize("name", ["shipped", "park", "hospital"])
def test_html_validate_finds_nothing(browser: Browser, folder: Path, name: str) -> None:
    assert browser.invalid(text_of(name, folder)) == []


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_a_case(
    browser: Browser, folder: Path, dark: bool, width: int
) -> None:
    with browser.open(written("shipped", folder), dark=dark, width=width) as opened:
        assert opened.violations() == []
        opened.press("1", "1", "*", "3", "1", "Enter", "N")
        opened.evaluate("$$('#explore details').forEach((each) => (each.open = true))")
        assert opened.violations() == []
        assert opened.told == []


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing_in_a_place(
    browser: Browser, folder: Path, dark: bool, place: str
) -> None:
    with browser.open(written("shipped", folder), dark=dark) as opened:
        opened.press("1", "1")
        opened.evaluate(f"location.hash = '{place}'")
        assert opened.evaluate(f"at('{place}').checkVisibility()") is True
        assert opened.violations() == []


def test_no_place_is_wider_than_a_phone(browser: Browser, folder: Path) -> None:
    with browser.open(written("shipped", folder), width=360) as opened:
        for place in ("explore", *PLACES):
            opened.evaluate(f"location.hash = '{place}'")
            assert opened.evaluate("document.documentElement.scrollWidth") <= 360, place


def test_nothing_leaves_it(book: Page) -> None:
    book.press("1", "1")
    assert len(book.requests) == 1
    assert book.requests[0].startswith("file:")
    refused = "fetch('https://example.org').then(() => 'asked', () => 'refused')"
    assert book.evaluate(refused) == "refused"
    policy = book.evaluate("$('meta[http-equiv]').content")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def hostile() -> Compiled:
    """The small pathway with text everywhere that would like to be markup."""
    pathway = small().pathway
    options = {
        name: replace(each, label=f"{each.label} {HOSTILE}")
        for name, each in pathway.options.items()
    }
    factors = {
        name: replace(each, label=HOSTILE, question=HOSTILE, help=HOSTILE, also=(HOSTILE,))
        for name, each in pathway.factors.items()
    }
    claims = {name: replace(each, says=HOSTILE) for name, each in pathway.claims.items()}
    changed = replace(
        pathway, title=HOSTILE, options=options, factors=factors, claims=claims, limits=(HOSTILE,)
    )
    return compile_pathway(changed)


def test_hostile_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    text = page(hostile(), MOMENT)
    assert "\u202e" not in text
    file = tmp_path / "hostile.html"
    file.write_text(text, "utf-8")
    with browser.open(file) as opened:
        opened.press("1", "*", "N", "e")
        assert opened.told == []
        assert len(opened.requests) == 1
        assert opened.evaluate("[document.images.length, document.scripts.length]") == [0, 3]
        assert "<img src=x" in opened.evaluate("$('h1').textContent")
        assert opened.evaluate("$$('.why').some((each) => each.textContent.includes('<img src=x'))")
        assert opened.violations() == []


# --- keys, words for screen readers, and the rest of what one does -----------------------------


def test_a_choice_by_keys(book: Page) -> None:
    book.press("3")
    assert asked(book) != "tumour_type"
    assert book.evaluate("now.answers") == {"tumour_type": "other"}
    book.press("u")
    assert book.evaluate("now.answers") == {}
    book.press("U", "b")
    assert asked(book) == "tumour_type"
    assert book.evaluate("now.answers") == {"tumour_type": "other"}
    assert book.evaluate("$('#ask-tumour_type .given').dataset.answer") == "other"
    book.press("ArrowDown", " ", "ArrowDown", " ", "Enter")
    assert book.evaluate("now.answers") == {"tumour_type": ["net", "nec"]}
    book.press("R")
    assert book.evaluate("now.answers") == {}
    book.press("u", "*")
    assert book.evaluate("now.answers.site") is None


def test_a_multi_by_keys(book: Page) -> None:
    book.evaluate("actions.ask({ dataset: { factor: 'problems' } })")
    book.press("r")
    assert "Mark what is present first" in book.evaluate("$('.error', form()).textContent")
    book.press("1", "2", "2", "3", "3", "3")
    states = book.evaluate("items().slice(0, 3).map((each) => $('i', each).textContent)")
    assert states == ["present", "absent", "not known"]
    book.press("Enter")
    answer = {"carcinoid_syndrome": "present", "carcinoid_heart_disease": "absent"}
    assert book.evaluate("now.answers.problems") == answer
    book.press("b", "r")
    assert book.evaluate("now.answers.problems") == ["carcinoid_syndrome"]
    book.press("b", "n")
    assert book.evaluate("now.answers.problems") == "none"
    assert book.evaluate("$('#map [data-factor=problems] .answer').textContent") != "not answered"


def test_a_number_by_keys(book: Page) -> None:
    book.evaluate("actions.ask({ dataset: { factor: 'tumour_size' } })")
    book.press("1", ".", "2", "3", "4", "Enter")
    assert "two ways" in book.evaluate("$('.error', form()).textContent")
    book.evaluate("$('input', form()).value = ''")
    book.press("1", "2", "-", "2", "0", "Enter")
    assert book.evaluate("now.answers.tumour_size") == "12-20"
    assert book.evaluate("$('#map [data-factor=tumour_size] .answer').textContent") == "12-20 mm"
    book.press("b")
    assert book.evaluate("$('input', form()).value") == "12-20"
    book.evaluate("$('input', form()).value = ''")
    book.press("*")
    assert book.evaluate("now.answers.tumour_size") is None


def test_the_walk_asks_what_the_wizard_asks_and_ends(book: Page) -> None:
    for _ in range(30):
        if not asked(book):
            break
        book.press("*")
    assert book.evaluate("document.activeElement.textContent") == "The result"
    assert "fuller answers to these still can" in book.evaluate("$('#ask-null p').textContent")
    book.press("R", "N")
    assert book.evaluate("$('#ask-null').hidden") is False


def test_where_the_focus_is_and_what_is_said(book: Page) -> None:
    book.press("1", "1", "*", "3")
    assert book.evaluate("document.activeElement.textContent") == "Where has the cancer spread to?"
    told = book.evaluate("$('#told').textContent")
    assert told.startswith("Spread: Has spread. Moved: ")
    assert "Somatostatin analogue" in told
    assert book.evaluate("$('#told').localName") == "output"
    book.press("e")
    assert book.evaluate("$('details[open] .matters', form()).textContent").startswith("Still ")
    book.press("c")
    assert book.evaluate("$$('details[open] .claims li', form()).length") > 0
    book.press("?")
    assert book.evaluate("$('details[open] dl').checkVisibility()") is True
    book.press("o")
    assert book.evaluate("$('.lists').open") is False
    book.press("g")
    assert book.evaluate("document.activeElement.textContent") == "The answers"


def test_an_option_by_keys(book: Page) -> None:
    book.press("1", "1", "*", "3")
    book.evaluate("$('#row-everolimus summary').focus()")
    book.press("e")
    assert book.evaluate("$('#row-everolimus details').open") is True
    book.press("t")
    assert book.evaluate("location.hash") == "#option-everolimus"
    assert book.evaluate("$('#option-everolimus').checkVisibility()") is True
    assert book.evaluate("$('#explore').checkVisibility()") is False
    lit = book.evaluate("$$('#option-everolimus [data-reach=described]').length")
    assert lit > 0


def test_a_case_of_the_pathway_is_opened(book: Page) -> None:
    """The first, and any other, with what the wizard concludes of it."""
    every = [each for each in gallery_cases(shipped()) if each is not None]
    assert book.evaluate("$$('#cases article').length") == len(every)
    for number in (1, 50, 150):
        book.evaluate(f"location.hash = 'case-{number}'")
        book.click(f"#case-{number} a")
        assert book.evaluate("location.hash") == "#explore"
        now = situation(shipped(), every[number - 1].answers, TODAY)
        assert lists(book) == {
            status.value: [row.label for row in rows] for status, rows in option_lists(now).items()
        }


def test_every_key_that_the_page_names_does_something(book: Page) -> None:
    named = book.evaluate("$$('dt').map((each) => each.textContent)")
    named = " ".join(named).replace(",", "").split()
    known = {"1", "to", "9", "space", "enter", "tab", "j", "k", "arrows"}
    keys = "".join(book.evaluate("$$('[data-key]').map((each) => each.dataset.key)"))
    assert {key for key in named if key not in known} <= set(keys)


def test_search_finds_by_words_of_ours_too(book: Page) -> None:
    book.press("/", "p", "r", "r", "t")
    assert book.evaluate("document.activeElement.id") == "find"
    assert book.evaluate("$('#found').textContent") != ""
    shown = "$$('#hits li:not([hidden])')"
    titles = book.evaluate(f"{shown}.map((each) => $('a', each).textContent)")
    assert "Radionuclide therapy" in titles
    first = book.evaluate(f"$('.ours', {shown}[0]).checkVisibility()")
    assert first is True
    book.evaluate("$('#find').value = 'nosuchword'; $('#find').dispatchEvent(new Event('input'))")
    assert "Nothing in the pathway begins a word" in book.evaluate("$('#found').textContent")


def test_without_scripts_all_can_be_read(browser: Browser, folder: Path) -> None:
    with browser.open(written("shipped", folder), scripts=False) as opened:
        seen = "(id) => document.getElementById(id).checkVisibility()"
        assert opened.evaluate(f"({seen})('explore')") is False
        for name in ("option-surgery", "claim-ICS-18", "limits", "alert-carcinoid_crisis"):
            opened.evaluate(f"location.hash = '{name}'")
            assert opened.evaluate(f"({seen})('{name}')") is True


def test_it_is_printed_as_a_case(browser: Browser, folder: Path, tmp_path: Path) -> None:
    printing = """matchMedia('print').addEventListener('change', ({ matches }) => {
        if (matches) window.shown = ['.asking', '#map', '.lists', 'footer'].filter(
            (each) => $(each).checkVisibility());
    })"""
    with browser.open(written("shipped", folder)) as opened:
        opened.press("1", "1", "*", "3")
        opened.evaluate(printing)
        assert b"/StructTreeRoot" in opened.pdf(tmp_path / "case.pdf")
        assert opened.evaluate("shown") == ["#map", ".lists", "footer"]
        assert opened.evaluate("$$('#explore details:not([open])').length") == 0


def test_every_thing_has_its_place(book: Page) -> None:
    """What the pathway place of the screen has, the page has, and no link leads nowhere."""
    pathway = shipped().pathway
    kinds: dict[str, Any] = {
        "option": pathway.options,
        "factor": pathway.factors,
        "shared": pathway.shared,
        "alert": pathway.alerts,
        "document": pathway.sources,
        "claim": pathway.claims,
        "term": pathway.glossary,
        "assumption": pathway.assumptions,
        "hazard": pathway.hazards,
    }
    ids = set(book.evaluate("$$('article[id]').map((each) => each.id)"))
    for kind, things in kinds.items():
        assert {f"{kind}-{name}".replace(".", "-") for name in things} <= ids
    dead = "$$('a[href^=\"#\"]').map((a) => a.hash.slice(1)).filter((id) => !at(id))"
    assert book.evaluate(dead) == []
    limits = book.evaluate("$('#limits').nextElementSibling.textContent")
    assert all(" ".join(each.split()) in limits for each in pathway.limits)
