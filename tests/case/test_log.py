"""The log of a case: every changed byte is found, and folding equals a model of it."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.case.log import (
    Did,
    Folded,
    Log,
    LogEntryError,
    Point,
    appended,
    broken_at,
    digest_of,
    entry_line,
    entry_of,
    entry_read,
    folded,
)
from wizard.case.nodes import json_data
from wizard.pathway.format.events import read_yaml
from wizard.record import replace

AT = datetime(2026, 11, 27, 15, 41, 2, 999_999, tzinfo=UTC)
FACTORS = st.sampled_from(("site", "size", "spread", "fitness"))
RAW = st.one_of(
    st.none(),
    st.sampled_from(("liver", "ü \u2028 \x1b[31m </script> \ud800", "")),
    st.integers(0, 99),
    st.floats(0, 99),
    st.lists(st.sampled_from(("a", "b")), unique=True),
    st.dictionaries(st.sampled_from(("a", "b")), st.sampled_from(("present", "absent"))),
)
ANSWERS = st.dictionaries(FACTORS, RAW)
ASKED = st.none() | FACTORS
CHANGE = st.fixed_dictionaries(
    {}, optional={"set": ANSWERS, "unset": st.lists(FACTORS, unique=True), "asked": ASKED}
)
START = st.fixed_dictionaries({"answers": ANSWERS}, optional={"asked": ASKED})
DEEDS: st.SearchStrategy[tuple[Did, dict[str, Any]]] = st.one_of(
    st.tuples(st.sampled_from((Did.ANSWERED, Did.EDITED)), CHANGE),
    st.tuples(st.sampled_from((Did.UNDONE, Did.REDONE, Did.RECORDED)), st.just({})),
    st.tuples(st.just(Did.MOVED), START | st.just({})),
    st.tuples(st.just(Did.TITLED), st.fixed_dictionaries({"title": st.text()})),
)


@st.composite
def logs(draw: st.DrawFn, most: int = 12) -> Log:
    """A log as the wizard would write it."""
    log = appended((), Did.BEGUN, draw(START), AT)
    for did, what in draw(st.lists(DEEDS, max_size=most)):
        log = appended(log, did, what, AT)
    return log


def model(log: Log) -> Folded:
    """What a log comes to: all points there were in one list, with a finger on the present one."""
    points: list[Point] = [Point()]
    finger = 0
    for entry in log:
        what: Any = entry.what
        answers = dict(what.get("answers", points[finger].answers))
        for factor in what.get("unset", []):
            answers.pop(factor, None)
        answers.update(what.get("set", {}))
        then = Point(answers, what["asked"] if "asked" in what else points[finger].asked)
        if entry.did == "begun":
            points, finger = [then], 0
        elif entry.did == "undone":
            finger = max(finger - 1, 0)
        elif entry.did == "redone":
            finger = min(finger + 1, len(points) - 1)
        elif entry.did == "moved" or then.answers == points[finger].answers:
            points[finger] = then
        else:
            points = [*points[: finger + 1], then]
            finger += 1
    return Folded(points[finger], tuple(points[:finger]), tuple(points[:finger:-1]))


@given(logs())
def test_folding_equals_a_list_with_a_finger_in_it(log: Log) -> None:
    assert folded(log) == model(log)


@given(logs())
def test_a_log_is_whole_and_reads_back_from_its_lines(log: Log) -> None:
    lines = [entry_line(entry) for entry in log]
    assert broken_at(log) is None
    assert tuple(map(entry_read, lines)) == log
    assert all(line.isascii() and line.isprintable() for line in lines)


def test_a_log_in_yaml_is_the_same_log() -> None:
    what: dict[str, Any] = {"answers": {"size": 12.5, "site": None, "x": [True, "12.5", "null", 7]}}
    log = appended((), Did.BEGUN, what, AT)
    log = appended(log, Did.TITLED, {"title": 'é: "# -'}, AT)
    lines = "".join(f"  - {entry_line(entry)}\n" for entry in log)
    # Whoever lays YAML out anew may take quotes away.
    loose = lines.replace('"did": "begun"', "did: begun")
    for text in (f"log:\n{lines}", f"log:\n{loose}"):
        nodes = json_data(read_yaml(text, "case.yaml"))
        assert tuple(map(entry_of, nodes["log"])) == log


@given(logs(most=4), st.data())
def test_a_changed_byte_is_found_wherever_it_is(log: Log, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(log) - 1))
    line = entry_line(log[index])
    place = data.draw(st.integers(0, len(line) - 1))
    sign = data.draw(st.characters(max_codepoint=255).filter(lambda other: other != line[place]))
    try:
        entry = entry_read(line[:place] + sign + line[place + 1 :])
    except LogEntryError:
        return
    assert broken_at((*log[:index], entry, *log[index + 1 :])) == index


@given(logs(), st.data())
def test_entries_taken_out_put_in_or_exchanged_are_found(log: Log, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(log) - 1))
    without, twice = (*log[:index], *log[index + 1 :]), (*log[: index + 1], *log[index:])
    # Only a log that lost its end is whole: what it lost is told by what stands beside it.
    assert broken_at(without) == (index if index < len(log) - 1 else None)
    assert broken_at(twice) == index + 1
    if index:
        exchanged = (*log[: index - 1], log[index], log[index - 1], *log[index + 1 :])
        assert broken_at(exchanged) == index - 1


def test_each_part_of_an_entry_is_sealed() -> None:
    log = appended((), Did.BEGUN, {"answers": {"size": 12}}, AT)
    log = appended(log, Did.ANSWERED, {"set": {"site": "pancreas"}}, AT)
    (first, second) = log
    for other in (
        replace(second, at="2026-11-27T15:41:03Z"),
        replace(second, did=Did.EDITED),
        replace(second, what={"set": {"site": "stomach"}}),
        replace(second, hash=second.hash.upper()),
    ):
        assert broken_at((first, other)) == 1


def test_the_hash_is_the_one_that_is_documented() -> None:
    (entry,) = appended((), Did.BEGUN, {"tool": "1", "answers": {"é": [1.5, None]}}, AT)
    written = (
        '{"at":"2026-11-27T15:41:02Z","before":"","did":"begun",'
        '"what":{"answers":{"é":[1.5,null]},"tool":"1"}}'
    )
    assert json.loads(written)["before"] == ""
    assert entry.hash == digest_of(json.loads(written))
    assert entry.hash == "d82841b5b922b52b887f5b4e92e98794da7e52562cd82e6d1c2f5b2247a24cc1"


def test_times_are_in_utc_to_the_second() -> None:
    here = timezone(timedelta(hours=2))
    (entry,) = appended((), Did.BEGUN, {}, AT.astimezone(here))
    assert entry.at == "2026-11-27T15:41:02Z"


ENTRY = appended((), Did.ANSWERED, {"set": {"site": "liver"}}, AT)[0]
DATA = json.loads(entry_line(ENTRY))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "{",
        "[" * 5000,
        "NaN",
        entry_line(ENTRY) + " ",
        entry_line(ENTRY).replace(": ", ":"),
        json.dumps({**DATA, "more": 1}),
        json.dumps({**DATA, "did": "guessed"}),
        json.dumps({**DATA, "did": ["begun"]}),
        json.dumps({**DATA, "at": 5}),
        json.dumps({**DATA, "hash": None}),
        json.dumps({**DATA, "what": []}),
        json.dumps({**DATA, "what": {"set": ["site"]}}),
        json.dumps({**DATA, "what": {"unset": "site"}}),
        json.dumps({**DATA, "what": {"unset": [["site"]]}}),
        json.dumps({**DATA, "what": {"asked": 1}}),
        json.dumps({**DATA, "did": "begun", "what": {"answers": []}}),
    ],
)
def test_what_is_not_an_entry_is_refused(line: str) -> None:
    with pytest.raises(LogEntryError):
        entry_read(line)


def test_what_json_cannot_say_is_refused() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        appended((), Did.ANSWERED, {"set": {"size": float("nan")}}, AT)
