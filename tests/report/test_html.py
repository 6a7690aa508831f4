"""The page of HTML: all that a report says, in order, and nothing that runs or asks for anything.

SNAPSHOTS=write writes the reviewed pages anew; read the difference before it is committed.
"""

from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from tests.program import run
from tests.report.html_pages import (
    FOLDERS,
    HOSTILE,
    WHEN,
    Reader,
    cases,
    hostile_page,
    hostile_pathway_page,
    page_of,
)
from tests.reviewed import reviewed
from tests.small import TODAY, at, shipped, small
from wizard.case.files import Case, read_case
from wizard.reasoning.situation import Situation, situation
from wizard.report.content import report
from wizard.report.html import html_report
from wizard.wording.alerts import alert_texts
from wizard.wording.outline import Item
from wizard.wording.text import clean

PAGES = Path(__file__).with_name("pages")
FIRST_PAGES = [
    ("neuroendocrine", "bowel_net_syndrome_spread"),
    ("neuroendocrine", "everything_asked_nothing_known"),
]
REVIEWED = [
    *FIRST_PAGES,
    ("prostate", "bone_pain_not_imaged"),
    ("park", "brace_middling_beech"),
    ("small", "storm_oak"),
]
SOME = list(cases("neuroendocrine"))[::12]


def shipped_case(name: str) -> tuple[Situation, Case]:
    case = cases("neuroendocrine")[name]
    return situation(shipped(), case.answers, TODAY), case


def told(items: tuple[Item, ...]) -> list[str]:
    """All that entries say; the parts of one that tells of something stand in place of its text."""
    said = []
    for item in items:
        parts = [part for each in item.parts for part in (each.parts or (each,))]
        said += [part.text.rstrip(":") for part in parts] or [item.text]
        said += [each.reference for each in item.citations]
        said += told(item.items)
    return said


@pytest.mark.parametrize("name", SOME)
def test_the_page_says_what_the_report_says_in_its_order(name: str) -> None:
    now, case = shipped_case(name)
    said = Reader(html_report(now, WHEN, case)).said
    at_present = 0
    for section in report(now, WHEN, case).sections:
        for text in (section.title, *section.paragraphs, *told(section.items), *section.remarks):
            found = said.find(clean(text), at_present)
            assert found >= 0, text
            at_present = found


@pytest.mark.parametrize("name", SOME)
def test_an_emergency_stands_before_the_lists_in_words(name: str) -> None:
    now, case = shipped_case(name)
    said = Reader(html_report(now, WHEN, case)).said
    for alert in alert_texts(now):
        if alert.level == "emergency":
            assert said.index(alert.heading) < said.index("Described for these answers")


def test_every_tree_of_every_option_is_drawn_with_the_way_of_the_case() -> None:
    now, case = shipped_case("bowel_net_syndrome_spread")
    page = html_report(now, WHEN, case)
    options = now.pathway.options.values()
    drawn = [each for each in Reader(page).values("aria-label") if each != "Details"]
    assert len(drawn) == sum(len(each.statements) + len(each.excludes) for each in options)
    surgery = next(each for each in drawn if each.startswith("Surgery,"))
    assert "\n  ▶ NET\n    ▶ Can surgery be done?\n" in surgery
    assert "\n  otherwise (Neuroendocrine carcinoma" in surgery


RECORD = """\
answers: {kind: oak}
record:
  date: 2026-11-20
  options: {fell: {choice: chosen, reason: It leans <b>}}
  find_out: [{question: Who owns it?, owner: forester}]
"""


def test_the_record_stands_apart_under_a_heading_that_says_whose_words_it_has() -> None:
    case = read_case(RECORD, small().pathway)
    page = html_report(situation(small(), case.answers, TODAY), WHEN, case)
    record = page.partition('<section class="record">')[2].partition("</section>")[0]
    said = Reader(record).said
    assert said.startswith("The team's own record, not from any document")
    assert "“It leans <b>”" in said
    assert "Who owns it?" in said
    assert page.index(record) < page.index('<div class="details">')


# --- what the page is made of ----------------------------------------------------------------


@pytest.fixture(scope="module")
def pages() -> list[str]:
    reviewed = [page_of(*each) for each in REVIEWED]
    return [*reviewed, hostile_page(), hostile_pathway_page(), html_report(at(), WHEN)]


def test_every_element_is_closed_and_nothing_is_named_twice(pages: list[str]) -> None:
    for page in pages:
        read = Reader(page)
        assert read.wrong == []
        names = read.values("id")
        assert len(names) == len(set(names))


def test_links_lead_to_places_in_the_page(pages: list[str]) -> None:
    for page in pages:
        read = Reader(page)
        links = [each for each in read.values("href") if not each.startswith("javascript%3A")]
        assert {each.removeprefix("#") for each in links} <= set(read.values("id"))


def test_headings_go_down_one_level_at_a_time(pages: list[str]) -> None:
    for page in pages:
        tags = [tag for tag, _ in Reader(page).elements]
        levels = [int(tag[1]) for tag in tags if tag in {"h1", "h2", "h3", "h4", "h5"}]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(below <= above + 1 for above, below in pairwise(levels))


def test_nothing_but_the_style_of_the_page_may_be_used(pages: list[str]) -> None:
    for page in pages:
        style = page.partition("<style>")[2].partition("</style>")[0]
        digest = b64encode(sha256(style.encode()).digest()).decode()
        policy = next(attrs for tag, attrs in Reader(page).elements if "http-equiv" in attrs)
        assert policy == {
            "http-equiv": "Content-Security-Policy",
            "content": f"default-src 'none'; style-src 'sha256-{digest}'; "
            "base-uri 'none'; form-action 'none'",
        }
        assert "url(" not in style
        assert "@import" not in style.replace("\\40 import", "")


def test_hostile_text_stays_text() -> None:
    for page in (hostile_page(), hostile_pathway_page()):
        read = Reader(page)
        tags = {tag for tag, _ in read.elements}
        assert not tags & {"script", "img", "object", "iframe", "b", "link", "base", "form"}
        assert not any(name.startswith("on") for _, attrs in read.elements for name in attrs)
        assert not read.values("style")
        assert read.said.count(clean(HOSTILE)) > 30
        assert all(letter.isprintable() or letter == "\n" for letter in page)


# --- by the command, to the byte ---------------------------------------------------------------


@pytest.mark.parametrize(("pathway", "case"), REVIEWED)
def test_a_page_is_as_it_was_reviewed(pathway: str, case: str) -> None:
    folder = FOLDERS[pathway]
    ended = run(
        *("assess", folder / "cases" / f"{case}.yaml", "--format", "html", "--pathway", folder),
        environment={"SOURCE_DATE_EPOCH": "1795251600"},
    )
    assert ended.code == 0
    page = ended.out.replace(str(folder), "FOLDER")
    if (pathway, case) in FIRST_PAGES:
        # The rest grows with every sentence of the shipped pathway, and is told by the tests above.
        page = page.partition('<div class="details">')[0]
    assert page == reviewed(PAGES / f"{pathway}-{case}.html", page)
