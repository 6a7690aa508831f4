"""Saved cases: what they were made with, and how they are read in another version or unit."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.small import TODAY, answers, at, park, small
from wizard.case.answers import NO_ANSWERS, Answers
from wizard.case.files import Case, CaseErrors, read_case
from wizard.case.lines import read_lines
from wizard.case.log import entry_line
from wizard.case.made import Made, Stamp, made_in, measures_of
from wizard.case.rewriting import rewritten, saved_text
from wizard.case.steps import Stand, begun
from wizard.pathway.model import Pathway
from wizard.pathway.sources import Extends
from wizard.reasoning.saving import kept_of, saved_case
from wizard.record import replace
from wizard.report.as_json import json_report
from wizard.report.moment import Moment
from wizard.wording.opened import opened_lines

PATHWAY = small().pathway
ZEROS = "0" * 64
OTHER = f'pathway: park_trees\nversion: "2020.01"\ndigest: {ZEROS}\n'
WHEN = Moment(datetime(2026, 11, 21, 9, 30, tzinfo=UTC), TODAY)


def told(text: str, *, can_be_asked: bool = False, pathway: Pathway = PATHWAY) -> tuple[str, ...]:
    return opened_lines(read_case(text, pathway, can_be_asked=can_be_asked), pathway)


def errors(text: str) -> list[str]:
    with pytest.raises(CaseErrors) as caught:
        read_case(text, PATHWAY, "case.yaml")
    return [problem.told for problem in caught.value.problems]


def test_nothing_is_told_of_a_case_of_this_version() -> None:
    case = Case(answers(PATHWAY, {"kind": "oak", "height": "3", "damage": ["storm"]}))
    made = replace(case, made=made_in(PATHWAY), measures=measures_of(PATHWAY, case.answers))
    assert told(saved_text(made, PATHWAY)) == ()
    assert told("answers: {kind: oak}") == ()


def test_three_feet_are_never_read_as_three_metres() -> None:
    text = "measures:\n  height: {unit: ft, min: 0, max: 200}\nanswers:\n  height: 3\n"
    assert errors(text) == [
        'case.yaml:4:11: height: "3" was given in ft, and is asked in m here; write it in m, and '
        'that unit under "measures:" [E-CAS-08]'
    ]
    case = read_case(text, PATHWAY, can_be_asked=True)
    assert dict(case.answers) == {}
    assert opened_lines(case, PATHWAY) == (
        'set aside, not read: height: 3 (height: "3" was given in ft, and is asked in m here)',
    )
    for alone in ("[below 3, from 7]", "below 3"):
        assert "was given in ft" in errors(text.replace("height: 3", f"height: {alone}"))[0]
    assert not read_case(text.replace("height: 3", "height: unknown"), PATHWAY).aside


def test_other_bounds_are_told_before_a_number_is_read() -> None:
    text = "measures:\n  height: {unit: m, min: 0, max: 200}\nanswers:\n  height: 3\n"
    assert told(text) == ("Height: was asked from 0 to 200 m, and is asked from 0 to 60 m",)
    (beyond,) = errors(text.replace("height: 3", "height: 90"))
    assert "height" in beyond
    assert "from 0 to 60 m" in beyond


def test_what_another_version_knew_is_set_aside_as_it_was_written() -> None:
    text = (
        OTHER + "answers:\n  kind: [oak, ginkgo]\n  damage: {storm: present, lightning: absent}\n"
        "  colour: red\n  growth: fast\n"
    )
    case = read_case(text, PATHWAY)
    assert case.answers == answers(PATHWAY, {"damage": {"storm": "present"}, "growth": "fast"})
    assert {each.factor: each.raw for each in case.aside} == {
        "kind": ["oak", "ginkgo"],
        "damage": {"lightning": "absent"},
        "colour": "red",
    }
    assert (
        opened_lines(case, PATHWAY)[0] == "made with park_trees 2020.01; this is park_trees 2026.11"
    )
    assert (
        'kind: oak or ginkgo (kind: "ginkgo" is not a value of it)'
        in opened_lines(case, PATHWAY)[1]
    )
    # In its own version the same is a mistake.
    assert len(errors(text.replace("2020.01", "2026.11").replace(ZEROS, PATHWAY.digest))) == 3


def test_what_was_set_aside_comes_back_where_it_is_known_and_nothing_else_was_answered() -> None:
    text = (
        "answers:\n  damage: {storm: present}\naside:\n  damage: {storm: absent, fungus: absent}\n"
        "  growth: fast\n  colour: red\n"
    )
    case = read_case(text, PATHWAY)
    wanted: dict[str, object] = {
        "damage": {"storm": "present", "fungus": "absent"},
        "growth": "fast",
    }
    assert case.answers == answers(PATHWAY, wanted)
    assert (case.back, [each.factor for each in case.aside]) == (("damage", "growth"), ["colour"])
    saved = replace(case, made=made_in(PATHWAY))
    assert "aside:\n  colour: red\n" in saved_text(saved, PATHWAY)


def test_a_list_of_another_version_is_told_since_it_speaks_of_members_that_came_later() -> None:
    lines = told(OTHER + "answers:\n  damage: [storm]\n")
    assert lines[1].startswith("Damage: a list says of every member that it leaves out")


def test_overlays_that_are_missing_or_new_are_told() -> None:
    with_one = OTHER.replace("2020.01", "2026.11").replace(ZEROS, PATHWAY.digest)
    with_one += 'overlays: [{id: hospital, version: "3"}, city]\nanswers:\n  sth_x: 3\n'
    assert told(with_one)[:2] == (
        "made with the overlay hospital 3, which is not read here; to read it, add "
        "--pathway hospital",
        "made with the overlay city, which is not read here; to read it, add --pathway city",
    )
    base = Extends(pathway="park_trees", version="2026.11", digest=PATHWAY.digest)
    overlay = replace(PATHWAY, id="hospital", version="4", digest="1" * 64, extends=base)
    assert made_in(overlay) == Made(
        Stamp("park_trees", "2026.11", PATHWAY.digest), (Stamp("hospital", "4", "1" * 64),)
    )
    assert told(with_one, pathway=overlay)[1:3] == (
        "made with the overlay city, which is not read here; to read it, add --pathway city",
        'set aside, not read: sth_x: 3 ("sth_x" is not a factor of the pathway)',
    )
    alone = with_one.replace("overlays:", "# ").replace("  sth_x: 3\n", "  kind: oak\n")
    assert told(alone, pathway=overlay) == ("made without the overlay hospital 4",)
    with pytest.raises(CaseErrors, match="is for the pathway"):
        read_case("pathway: park_trees\nanswers: {}", overlay)


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("digest: 12", '1:9: digest: "12" is not the digest of a pathway'),
        ("version: [1]", "1:10: version: text was expected"),
        ("overlays: city", "1:11: overlays: a list in [ ] was expected"),
        ("overlays: [{version: '1'}]", "1:12: overlays: the id of one is missing"),
        ("overlays: [{id: a, of: b}]", '1:20: "of" is not a part of an overlay'),
        ("measures: [height]", "1:11: measures: a map of keys to values was expected"),
        ("measures: {height: m}", "1:20: measures: height: a map of keys to values was expected"),
        ("measures: {height: {min: 1}}", "1:20: measures: height: its unit is missing"),
        ("measures: {height: {unit: m, min: low}}", "1:35: min: a number was expected"),
        ("measures: {height: {unit: m, step: 1}}", '1:30: "step" is not a part of a measure'),
        ("standing: far", "1:11: standing: a map of keys to values was expected"),
        ("log: {}", "1:6: log: a list of entries was expected"),
        ("log: [3]", "1:7: log: this is not an entry of a log"),
        ("log: [{at: x, did: y}]", "1:7: log: this has not exactly at, did, what and hash"),
    ],
)
def test_a_part_of_another_form_is_one_clear_line(part: str, message: str) -> None:
    (line,) = errors(f"{part}\nanswers: {{}}\n")
    assert line.startswith(f"case.yaml:{message}")
    assert line.endswith("]")


def test_the_tools_own_report_is_read_as_the_case_that_it_reports() -> None:
    for compiled in (small(), park()):
        given: dict[str, object] = {"kind": "oak", "height": "12.5", "damage": {"storm": "present"}}
        now = at(given, compiled)
        text = json_report(now, WHEN)
        case = read_case(text, compiled.pathway)
        assert case.answers == now.answers
        assert (case.made, case.measures) == (
            made_in(compiled.pathway),
            measures_of(compiled.pathway, now.answers),
        )
        data = json.loads(text)
        data["measures"]["height"]["unit"] = "ft"
        data["answers"]["kind"] = "🌲"
        with pytest.raises(CaseErrors) as caught:
            read_case(json.dumps(data, indent=2), compiled.pathway, "report.json")
        assert [each.code for each in caught.value.problems] == ["E-CAS-03", "E-CAS-08"]
        assert "🌲" in caught.value.problems[0].what


def test_a_report_of_an_overlay_tells_its_base() -> None:
    base = Extends(pathway="park_trees", version="2026.10", digest=ZEROS)
    overlay = replace(PATHWAY, id="city", version="4", extends=base)
    report = json_report(
        replace(at({"kind": "oak"}), compiled=replace(small(), pathway=overlay)), WHEN
    )
    case = read_case(report, PATHWAY)
    assert case.made == Made(
        Stamp("park_trees", "2026.10", ZEROS), (Stamp("city", "4", PATHWAY.digest),)
    )
    assert read_case(report, overlay).made == made_in(overlay)


def test_many_cases_take_nothing_that_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    line = {"pathway": "park_trees", "version": "2020", "answers": {"colour": "red"}}
    path.write_text(json.dumps(line) + '\n{"answers": {"kind": "oak"}}\n')
    with path.open("rb") as file:
        (_, first), (_, second) = read_lines(file, PATHWAY, "cases.jsonl")
    assert isinstance(first, CaseErrors)
    assert isinstance(second, Answers)


def test_a_case_of_another_version_is_saved_in_this_one_and_loses_nothing() -> None:
    text = (
        OTHER
        + "measures:\n  height: {unit: ft, min: 0, max: 200}\nanswers:\n  kind: [oak, ginkgo]\n"
        "  # after the storm\n  damage: {storm: present, lightning: absent}  # seen\n  height: 90\n"
    )
    before = read_case(text, PATHWAY, can_be_asked=True)
    now = at({"damage": {"storm": "present"}, "growth": "fast"})
    case = saved_case(now, "near", kept_of(before), before.log, WHEN.at)
    found = rewritten(text, before, case, PATHWAY)
    again = read_case(found, PATHWAY, can_be_asked=True)
    assert again.answers == now.answers
    assert {each.factor: each.raw for each in again.aside} == {
        "kind": ["oak", "ginkgo"],
        "damage": {"lightning": "absent"},
        "height": "90",
    }
    assert again.measures["height"].unit == "ft"
    assert "  # after the storm\n  damage: {storm: present}  # seen\n" in found
    assert "aside:\n  kind: [oak, ginkgo]\n  damage: {lightning: absent}\n  height: 90\n" in found
    assert opened_lines(again, PATHWAY)[0].startswith("set aside, not read: kind")


def test_a_log_that_was_changed_is_told() -> None:
    line = entry_line(begun(Stand(PATHWAY, NO_ANSWERS, None), WHEN.at)[0])
    text = "answers: {}\nlog:\n  - "
    assert told(text + line) == ()
    changed = told(text + line.replace('"asked": null', '"asked": "height"'))
    assert changed == (
        "the log is damaged: entry 1 of 1 is not as it was written, "
        "or does not follow the one before it",
    )
