"""Text and Markdown: everything that every report must say, and nothing that could mislead."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from markdown_it import MarkdownIt

from tests.small import TODAY, at, shipped
from wizard import __version__
from wizard.case.files import read_regression_cases
from wizard.pathway.load import shipped_folder
from wizard.reasoning.situation import Situation, situation
from wizard.report.markdown import laid_out as as_markdown
from wizard.report.markdown import markdown_report
from wizard.report.moment import Moment, MomentError, moment
from wizard.report.text import WIDTH, text_report
from wizard.report.text import laid_out as as_text
from wizard.wording.alerts import alert_texts
from wizard.wording.markup import escaped
from wizard.wording.options import option_lists
from wizard.wording.outline import Item, Report, Section
from wizard.wording.sources import source_rows

WHEN = Moment(datetime(2026, 11, 21, 9, 30, tzinfo=UTC), TODAY)
CASES = read_regression_cases(shipped_folder() / "cases", shipped().pathway)
SOME = sorted(CASES)[::12]

PAGE = 70
"""Lines of a printed page."""

Render = Callable[[Situation, Moment], str]


def words(text: str) -> str:
    """A report without its layout: one line, without list marks and Markdown's backslashes."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [re.sub(r"^([-*] |#+ )", "", line) for line in lines]
    return " ".join(" ".join(lines).replace("\\", "").replace("**", "").split())


@pytest.mark.parametrize("render", [text_report, markdown_report])
@pytest.mark.parametrize("name", SOME)
def test_every_report_says_all_that_it_must(render: Render, name: str) -> None:
    now = situation(shipped(), CASES[name].answers, TODAY)
    said = words(render(now, WHEN))
    pathway = now.pathway
    for part in (
        pathway.intended_use,
        "not meant for patients",
        "No clinician has reviewed this pathway.",
        f"mdt-wizard {__version__}",
        f"{pathway.version}, SHA-256 {pathway.digest}",
        "2026-11-21T09:30:00Z",
        "Not described is not the same as unsuitable.",
        "the order means nothing",
        "it never counts as no",
        pathway.report_errors,
        *pathway.limits,
        *(assumption.says for assumption in pathway.assumptions.values()),
    ):
        assert words(part) in said
    for row in source_rows(pathway, TODAY):
        source = row.source
        for part in (source.title, source.sha256, row.currency.text, row.publisher, source.country):
            assert words(part) in said


@pytest.mark.parametrize("render", [text_report, markdown_report])
@pytest.mark.parametrize("name", SOME)
def test_every_report_has_all_alerts_and_the_three_lists(render: Render, name: str) -> None:
    now = situation(shipped(), CASES[name].answers, TODAY)
    said = render(now, WHEN)
    flat = words(said)
    for alert in alert_texts(now):
        assert words(alert.heading) in flat
        cited = [line.items[0].citations[0] for line in alert.lines]
        assert all(words(each.says) in flat and words(each.reference) in flat for each in cited)
    places = []
    for status, rows in option_lists(now).items():
        title = {"described": "Described for", "possible": "Depends on further"}
        heading = f"{title.get(status.value, 'Not described for')}.* \\({len(rows)}\\)$"
        found = re.search(heading, said, re.MULTILINE | re.IGNORECASE)
        assert found is not None
        places.append(found.start())
        assert all(words(f"{row.label} ({row.group}) {row.why}") in flat for row in rows)
    assert places == sorted(places)


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_report_begins_with_one_page_that_says_it_all(name: str) -> None:
    now = situation(shipped(), CASES[name].answers, TODAY)
    page, details, _ = text_report(now, WHEN).partition("\nDETAILS\n-------\n")
    assert details
    assert len(page.splitlines()) <= PAGE
    flat = words(page)
    for row in (row for rows in option_lists(now).values() for row in rows):
        assert row.label in flat
    for alert in alert_texts(now):
        assert words(now.pathway.alerts[alert.id].title) in flat
    for document in ("Cancer Research UK 2016", "Cancer Research UK 2025", "Ipsen Ltd 2018"):
        assert document in flat
    assert page.count("\n- ", page.index("\nNOTICES\n")) == 4
    assert "No clinician has reviewed this pathway." in flat
    assert "never counts as no" in flat
    # Codes of documents and claims stand in the details alone.
    assert not set(now.pathway.sources) & set(re.findall(r"[A-Z]{3}", page))


def test_documents_are_called_by_name_and_by_code_only_in_citations() -> None:
    said = words(text_report(at({"tumour_type": "net", "extent": "spread"}, shipped()), WHEN))
    assert "Cancer Research UK 2025 matches because" in said
    assert "“How are NETs treated?” (undated) matches because" in said
    stands = "matches|does not match|depends on:|speaks of other"
    assert not re.search(rf"\b(CRI|CRT|ICQ|ICS|IPS) ({stands})", said)


def test_the_first_page_says_what_would_settle_most() -> None:
    page = text_report(at({}, shipped()), WHEN).partition("\nDETAILS\n")[0]
    assert "THE CASE\n--------\nNothing is known of it yet.\nNot answered: Tumour type" in page
    first = page.partition("WHAT TO FIND OUT FIRST")[2]
    assert "\n- Tumour type: settles two to 16 of 16 options\n" in first


@pytest.mark.parametrize("render", [text_report, markdown_report])
def test_a_raised_emergency_comes_before_every_list(render: Render) -> None:
    now = at({"problems": {"carcinoid_syndrome": "present"}}, shipped())
    said = render(now, WHEN)
    assert said.index("May be life-threatening: ") < said.lower().index(
        "described for these answers"
    )


@pytest.mark.parametrize("render", [text_report, markdown_report])
def test_answers_used_unknown_parked_and_missing_are_repeated(render: Render) -> None:
    given: dict[str, object] = {
        "kind": "oak",
        "height": "unknown",
        "damage": ["storm"],
        "fungus_parts": ["root"],
    }
    said = words(render(at(given), WHEN))
    assert "Used: Kind of tree: Oak Damage: Storm damage, no other" in said
    assert "Answered with not known: Height Kept" in said
    assert "Kept, but not used: Where the fungus is: Root, no other (Kept, not used: " in said
    assert "Not answered: Year of planting (No leaflet uses the year)" in said
    assert "This is not the pathway that came with the tool; it was read from" in said


def test_no_report_has_a_dose_or_a_forecast() -> None:
    dose = re.compile(r"\d\s*(mg|mcg|µg|g|ml|MBq|GBq|Gy|IU|units?)\b|\bper cent\b", re.IGNORECASE)
    advice = re.compile(r"\b(recommended for|best option|first choice|eligible|should have)\b")
    for name in SOME:
        now = situation(shipped(), CASES[name].answers, TODAY)
        said = text_report(now, WHEN)
        assert dose.search(said) is None
        assert advice.search(said) is None


def test_text_keeps_to_its_width() -> None:
    said = text_report(at(compiled=shipped()), WHEN)
    long = [line for line in said.splitlines() if len(line) > WIDTH]
    assert long == []


def test_currency_is_that_of_the_day() -> None:
    now = situation(shipped(), at().answers.without("x"), date(2028, 2, 27))
    assert "past its own review date, 26 February 2028" in words(text_report(now, WHEN))


# --- hostile text ----------------------------------------------------------------------------

HOSTILE = [
    "\x1b[2Jgone",
    "a\u202eb",
    "[click](javascript:alert(1))",
    "<script>alert(1)</script>",
    "<b>bold</b> & &amp;",
    "![image](http://example.org/x.png)",
    "http://example.org www.example.org mail@example.org",
    "**strong** _emphasis_ `code` ~~gone~~",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "a | b",
    "---",
    "===",
    "    indented",
    "line\nbreak\n\n# heading",
    "[ref]: http://example.org",
    "back\\slash \\[",
    "$x$ ^a^",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_data_never_becomes_markup(text: str) -> None:
    content = Report(text, (Section(text, (text,), (Item(text, (Item(text, strong=True),)),)),))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(as_markdown(content))
    inline = [child for token in tokens for child in token.children or []]
    assert {token.type for token in inline} <= {
        "text",
        "strong_open",
        "strong_close",
        "text_special",
    }
    shown = [
        "".join(child.content for child in token.children or [])
        for token in tokens
        if token.children
    ]
    assert len(set(shown)) == 1
    kinds = {token.type for token in tokens}
    assert kinds == {
        *("heading_open", "inline", "heading_close", "paragraph_open", "paragraph_close"),
        *("bullet_list_open", "list_item_open", "list_item_close", "bullet_list_close"),
    }


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("lay_out", [as_text, as_markdown])
def test_text_from_data_never_steers_a_terminal(
    text: str, lay_out: Callable[[Report], str]
) -> None:
    said = lay_out(Report(text, (Section(text, (text,), (Item(text),)),)))
    assert all(letter.isprintable() or letter == "\n" for letter in said)


def test_escaping_keeps_the_words() -> None:
    assert escaped("plain words, with a comma (and more)") == "plain words, with a comma (and more)"


def test_a_hostile_pathway_title_stays_text() -> None:
    now = at()
    pathway = replace(now.pathway, title="\x1b]0;owned\x07 <i>x</i>")
    hostile = replace(now, compiled=replace(now.compiled, pathway=pathway))
    assert "\x1b" not in text_report(hostile, WHEN)
    assert "<i>" not in markdown_report(hostile, WHEN)


# --- the moment ------------------------------------------------------------------------------


def test_a_reproducible_run_is_told_its_moment() -> None:
    when = moment({"SOURCE_DATE_EPOCH": "1795251600"})
    assert when.iso == "2026-11-21T09:00:00Z"
    assert when.today == date(2026, 11, 21)
    assert moment({"SOURCE_DATE_EPOCH": "0"}, date(2030, 1, 2)).today == date(2030, 1, 2)


def test_the_clock_is_in_utc() -> None:
    before = datetime.now(UTC)
    when = moment({})
    assert before <= when.at <= datetime.now(UTC)
    assert when.at.utcoffset() == datetime.now(UTC).utcoffset()


@pytest.mark.parametrize("epoch", ["", "now", "1e9", "9" * 30, "nan"])
def test_a_moment_that_is_none_is_refused(epoch: str) -> None:
    with pytest.raises(MomentError, match="a number of seconds since 1970 was expected"):
        moment({"SOURCE_DATE_EPOCH": epoch})
