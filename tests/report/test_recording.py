"""The team's own record in reports: whose words it has, what stood then, and nothing else moved.

GOLDEN=write writes the reviewed files anew; read the difference before it is committed.
"""

import html
import json
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import jsonschema
import pytest
from markdown_it import MarkdownIt

from tests.small import TODAY, answers, small
from wizard.case.answers import Answers
from wizard.case.decisions import (
    NO_DECISIONS,
    Choice,
    Decisions,
    Stood,
    ToFindOut,
    chosen,
    dated,
    reasoned,
    to_find_out,
)
from wizard.case.files import Case
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Status
from wizard.reasoning.recording import now_of
from wizard.reasoning.situation import Situation, situation
from wizard.record import replace
from wizard.report import as_json
from wizard.report.as_json import json_report
from wizard.report.html import html_report
from wizard.report.markdown import markdown_report
from wizard.report.moment import Moment
from wizard.report.text import text_report
from wizard.wording.recording import ABOUT, TITLE, personal_lines, record_section

WHEN: Final = Moment(datetime(2026, 11, 21, 9, 30, tzinfo=UTC), TODAY)
GOLDEN: Final = Path(__file__).parent / "golden"
SCHEMA: Final = json.loads(
    Path(as_json.__file__).with_name("assessment.schema.json").read_text("utf-8")
)
VALIDATOR: Final = jsonschema.Draft202012Validator(SCHEMA)
HOSTILE: Final = (
    "<script>alert(1)</script> [click](http://x.example) \x1b[31m \u202e best, 50% `*_~"
)


def pathway() -> Compiled:
    """The small pathway, as if it were read from a folder of one name on every machine."""
    compiled = small()
    return replace(compiled, pathway=replace(compiled.pathway, folder="park"))


def at(given: dict[str, object]) -> Situation:
    compiled = pathway()
    return situation(compiled, answers(compiled.pathway, given), TODAY)


OAK: Final[dict[str, object]] = {"kind": "oak", "damage": ["storm"]}
PINE: Final[dict[str, object]] = {"kind": "pine", "damage": ["storm"], "height": 30}


def made(now: Situation) -> Decisions:
    """A record with everything in it, of options that stand in each of the three lists."""
    moment = now_of(now)
    by_status: dict[Status, list[str]] = {status: [] for status in Status}
    for option, status in moment.stood.statuses.items():
        by_status[status].append(option)
    record = NO_DECISIONS
    described, possible, other = (by_status[status] for status in Status)
    record = chosen(record, described[0], Choice.CHOSEN, moment)
    record = chosen(record, described[1], Choice.NOT_CHOSEN, moment)
    record = chosen(record, possible[0], Choice.DEFERRED, moment)
    record = reasoned(record, possible[0], "After the winter.", moment)
    record = chosen(record, other[0], Choice.CHOSEN, moment)
    record = reasoned(record, other[0], HOSTILE, moment)
    record = to_find_out(record, ToFindOut("height", owner="forester"), moment)
    record = to_find_out(record, ToFindOut(question="Is there a nest?"), moment)
    return dated(record, date(2026, 11, 20), moment)


def reports(now: Situation, record: Decisions | None) -> dict[str, str]:
    """The report in each form, by suffix."""
    case = Case(now.answers, decisions=record)
    return {
        "txt": text_report(now, WHEN, case),
        "md": markdown_report(now, WHEN, case),
        "html": html_report(now, WHEN, case),
        "json": json_report(now, WHEN, (), record),
    }


CASES: Final = {"record": OAK, "record_of_other_answers": PINE}


@pytest.mark.parametrize("form", ["txt", "md", "html", "json"])
@pytest.mark.parametrize("name", CASES)
def test_a_report_with_a_record_is_as_it_was_reviewed(name: str, form: str) -> None:
    found = reports(at(CASES[name]), made(at(OAK)))[form]
    if form == "html":
        # The page as a whole is held to its bytes where pages are.
        heading = found.index(html.escape(TITLE))
        start, end = found.rindex("<section", 0, heading), found.index("</section>", heading)
        found = found[start:end] + "</section>\n"
    reviewed = GOLDEN / f"{name}.{form}"
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        reviewed.write_bytes(found.encode())
    assert found.encode() == reviewed.read_bytes()


@pytest.mark.parametrize("record", [None, NO_DECISIONS])
def test_without_a_record_every_byte_is_as_before(record: Decisions | None) -> None:
    now = at(OAK)
    assert reports(now, record) == {
        "txt": text_report(now, WHEN),
        "md": markdown_report(now, WHEN),
        "html": html_report(now, WHEN),
        "json": json_report(now, WHEN),
    }


def test_a_record_adds_its_section_and_changes_no_other_line() -> None:
    now = at(OAK)
    alone, beside = (reports(now, record) for record in (None, made(now)))
    for form, heading in (("txt", TITLE.upper()), ("md", f"## {TITLE}")):
        before, _, rest = beside[form].partition(f"\n{heading}\n")
        _, details, behind = rest.partition("\nDETAILS\n" if form == "txt" else "\n## Details\n")
        assert before + details + behind == alone[form]
    data = json.loads(beside["json"])
    assert data.pop("record")
    assert data.pop("record_now")["about"] == ABOUT
    assert data == json.loads(alone["json"])


@pytest.mark.parametrize("given", [OAK, PINE])
def test_the_schema_has_the_record(given: dict[str, object]) -> None:
    data = json.loads(reports(at(given), made(at(OAK)))["json"])
    VALIDATOR.validate(data)
    by_hand = replace(made(at(OAK)), stood=None, date=None)
    VALIDATOR.validate(json.loads(reports(at(given), by_hand)["json"]))
    for spoil in ("about", "other_answers"):
        spoilt = {**data, "record_now": {**data["record_now"]}}
        del spoilt["record_now"][spoil]
        assert not VALIDATOR.is_valid(spoilt)
    del data["record_now"]
    assert not VALIDATOR.is_valid(data), "a record without whose words it has"


def test_the_words_of_the_team_are_inert_and_in_quotation_marks() -> None:
    said = reports(at(OAK), made(at(OAK)))
    for form in ("txt", "md", "html", "json"):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", said[form])
    flat = " ".join(said["txt"].split())
    assert "“<script>alert(1)</script> [click](http://x.example) \\x1b[31m" in flat
    page = MarkdownIt().render(said["md"])
    assert "<script" not in page
    assert "<a " not in page
    assert "<script" not in said["html"]
    assert "x.example" in said["html"]
    assert 'href="http://x.example' not in said["html"]


def test_a_record_of_other_answers_says_so_and_what_stood_then() -> None:
    record = made(at(OAK))
    same, other = (json.dumps(_told(at(given), record)) for given in (OAK, PINE))
    assert "made for other answers" not in same
    assert "has moved" not in same
    assert "It was made for other answers." in other
    assert "Kind of tree: Oak then, Pine now" in other
    assert "What the documents described has moved since then:" in other


def test_another_version_is_told_and_what_it_lacks_is_kept() -> None:
    now = at(OAK)
    record = chosen(made(now), "burn", Choice.CHOSEN, now_of(now))
    assert record.stood is not None
    statuses = {**record.stood.statuses, "burn": Status.DESCRIBED}
    record = replace(
        record, stood=Stood(record.stood.answers, statuses, version="2020.1", digest="00")
    )
    told = json.dumps(_told(now, record))
    assert "It was made in version 2020.1 of the pathway, SHA-256 00." in told
    assert "burn: chosen" in told
    assert "Documents: described then, not an option of this version now." in told
    assert "burn: described then, not an option now" in told
    VALIDATOR.validate(json.loads(json_report(now, WHEN, (), record)))


def test_a_departure_without_a_reason_is_told() -> None:
    record = made(at(OAK))
    said = " ".join(text_report(at(OAK), WHEN, Case(Answers({}), decisions=record)).split())
    assert "Described, and not chosen; no reason given." in said
    assert "Goes beyond what is described. Reason: “<script>" in said


def _told(now: Situation, record: Decisions) -> list[object]:
    def plain(item: object) -> list[object]:
        return [item.text, *map(plain, item.items)]  # type: ignore[attr-defined]

    return [*map(plain, record_section(now, record).items)]


def test_no_word_of_the_team_closes_its_quotation_marks() -> None:
    now = at(OAK)
    record = reasoned(NO_DECISIONS, "watch", "old” Documents: described. “", now_of(now))
    assert "Reason: “old’ Documents: described. ‘”" in json.dumps(
        _told(now, record), ensure_ascii=False
    )


def test_words_of_a_file_that_tell_of_a_person_are_warned_about() -> None:
    now = now_of(at(OAK))
    record = reasoned(NO_DECISIONS, "watch", "9434765919 asked", now)
    record = to_find_out(record, ToFindOut("height", owner="a@b.example"), now)
    assert personal_lines(record) == (
        "record, watch: This looks like an NHS number.",
        "record, find_out, entry 1: This looks like an e-mail address.",
    )
    assert personal_lines(made(at(OAK))) == ()
