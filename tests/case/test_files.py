"""Case files: read whole or not at all, and written so that they read the same."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import answers, small
from wizard.case.answers import UNKNOWN, Answer, Answers
from wizard.case.files import (
    Case,
    CaseErrors,
    read_case,
    read_regression_case,
    read_regression_cases,
)
from wizard.case.raw import parse_answer
from wizard.case.transitions import AnswerError
from wizard.case.writing import case_text
from wizard.pathway.factors import ChoiceFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.format.content import forbidden

PATHWAY = small().pathway


def errors(text: str | bytes | Path) -> list[str]:
    """The messages of a case that does not fit, one a line."""
    with pytest.raises(CaseErrors) as caught:
        read_case(text, PATHWAY, "case.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_yaml_and_json_give_the_same_case() -> None:
    yaml = """\
        pathway: park_trees
        title: A pine
        answers:
          kind: [pine, oak]
          height: 12.5
          damage: {storm: present, fungus: absent}
        """
    data = {
        "pathway": "park_trees",
        "title": "A pine",
        "answers": {
            "kind": ["pine", "oak"],
            "height": 12.5,
            "damage": {"storm": "present", "fungus": "absent"},
        },
    }
    case = read_case(yaml, PATHWAY)
    assert case == read_case(json.dumps(data), PATHWAY)
    assert case == read_case(json.dumps(data, indent=2).encode(), PATHWAY)
    assert case.title == "A pine"
    assert case.expect is None
    assert set(case.answers) == {"kind", "height", "damage"}


def test_unknown_is_kept_apart_from_what_was_not_asked() -> None:
    case = read_case("answers: {kind: unknown, height: null, damage: ~}", PATHWAY)
    assert dict(case.answers) == {"kind": UNKNOWN}
    assert read_case("answers:\n  kind: unknown\n  height:\n", PATHWAY) == case


def test_the_order_of_answers_does_not_matter() -> None:
    one = read_case("answers: {height: 3, kind: oak}", PATHWAY)
    other = read_case("answers: {kind: oak, height: 3}", PATHWAY)
    assert one == other
    assert hash(one.answers) == hash(other.answers)


def test_no_answers_are_a_case() -> None:
    assert dict(read_case("answers: {}", PATHWAY).answers) == {}


def test_everything_wrong_is_told_at_once_with_its_place() -> None:
    text = """\
pathway: park_trees
titel: no such key
answers:
  kind: oack
  height: 1e1
  hight: 3
  damage:
    storm: yes
    rust: present
  growth: [slow, fsat]
  fungus_parts: []
  near: {path: present}
"""
    assert errors(text) == [
        'case.yaml:2:1: "titel" is not a part of a case; one of title, pathway, version, digest, '
        "overlays, measures, vignette, answers, aside, expect and 3 more was expected; did you "
        "mean title?",
        'case.yaml:4:9: kind: "oack" is not a value of it; one of oak, beech, birch, pine, '
        "broadleaved was expected; did you mean oak?",
        'case.yaml:5:11: height: "1e1" is not a number; a number from 0 to 60 m was expected',
        'case.yaml:6:3: "hight" is not a factor of the pathway; one of height, kind, planted, '
        "damage, fungus_parts, growth, near was expected; did you mean height?",
        'case.yaml:9:5: damage: "rust" is not a member of it; one of storm, fungus, insects was '
        "expected",
        'case.yaml:10:18: growth: "fsat" is not a value of it; one of fast, slow was expected; did '
        "you mean fast?",
        'case.yaml:11:17: fungus_parts: "none" is not an answer; at least 1 of root, trunk must be '
        "present, or not known",
        "case.yaml:12:9: near: \"{'path': 'present'}\" is not an answer; a value or a list of "
        "values was expected",
    ]


def test_a_wrong_state_of_a_member_is_told_at_the_member() -> None:
    assert errors("answers:\n  damage:\n    storm: yes\n") == [
        'case.yaml:3:5: damage: "yes" is not a state of it; one of present, absent, unknown was '
        "expected"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("# nothing\n", "the file is empty"),
        ("title: x\n", "answers is missing; write answers: {} for none"),
        ("{}", "answers is missing"),
        ("answers: oak", "answers: a map of keys to values was expected"),
        ("answers: [kind]", "answers: a map of keys to values was expected"),
        ("just words", "a case: a map of keys to values was expected"),
        ("- a\n- b\n", "a case: a map of keys to values was expected"),
        ("pathway: other\nanswers: {}", 'this case is for the pathway "other", not park_trees'),
        ("pathway: [a]\nanswers: {}", "this case is for the pathway something else"),
        ("title: [a]\nanswers: {}", "title: text was expected"),
        ("vignette: ''\nanswers: {}", "vignette: text was expected"),
        ("answers: {kind: oak, kind: pine}", "stands here twice"),
        ("answers: &a {kind: oak}", "the anchor"),
        ("answers: {kind: !!str oak}", "the tag"),
        ("answers: {kind: oak", 'the "{" that is opened here is not closed'),
        ("[" * 50_000, "nested deeper than 64 levels"),
        ("{answers: " * 50_000, "nested deeper than 64 levels"),
        ("title: \u202eevil\nanswers: {}", "U+202E"),
        (b"\xff\xfe\x00binary", "the file is not UTF-8 text"),
        (b"\x00\x01\x02", "U+0000"),
        ("a" * (8 * 1024 * 1024 + 1), "the file is larger than 8 MiB"),
        ("answers: {}\n---\nanswers: {}\n", "a second document begins here"),
    ],
)
def test_what_is_no_case(text: str | bytes, message: str) -> None:
    assert any(message in line for line in errors(text))
    assert all(line.startswith("case.yaml:") for line in errors(text))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "kind: oak\n",
            '1:1: "kind" stands outside "answers:"; put these under "answers:", indented',
        ),
        (
            "pathway: park_trees\nKind: oak\nhieght: 3\n",
            '2:1: "Kind", "hieght" stand outside "answers:"; put these under "answers:", indented',
        ),
        (
            "answers: {kind: oak}\nheight: 3\n",
            '2:1: "height" stands outside "answers:"; put these under "answers:", indented',
        ),
        (
            '{"resourceType": "QuestionnaireResponse", "status": "completed", "item": []}',
            '1:18: this is a FHIR "QuestionnaireResponse", which is not read here; '
            "`mdt-wizard assess` and `cohort` read a QuestionnaireResponse in JSON",
        ),
        (
            "answers: {kind: OAK}\n",
            '1:17: kind: "OAK" is not a value of it; one of oak, beech, birch, pine, broadleaved '
            "was expected; did you mean oak?",
        ),
        (
            "answers: {Fungus parts: [root]}\n",
            '1:11: "Fungus parts" is not a factor of the pathway; one of fungus_parts, kind, '
            "height, planted, damage, growth, near was expected; did you mean fungus_parts?",
        ),
        (
            "pathway: other\nanswers: {size: 3, extent: spread}\n",
            '1:10: this case is for the pathway "other", not park_trees',
        ),
    ],
)
def test_what_is_nearly_a_case_gets_the_one_line_that_helps(text: str, line: str) -> None:
    assert errors(text) == [f"case.yaml:{line}"]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    assert "there is no such file" in errors(tmp_path / "missing.yaml")[0]
    assert "this is a folder" in errors(tmp_path)[0]


def test_a_case_reads_back_as_it_was_written() -> None:
    given: dict[str, object] = {
        "kind": "unknown",
        "damage": {"storm": "absent"},
        "fungus_parts": ["root"],
    }
    case = Case(answers(PATHWAY, given), title='A "tree": #1', vignette="Back\\slash\ttab")
    text = case_text(case, PATHWAY)
    assert "kind: unknown\n" in text
    assert "damage: {storm: absent}\n" in text
    assert "fungus_parts: [root]\n" in text
    again = read_case(text, PATHWAY)
    assert again.answers == case.answers
    assert (again.title, again.vignette) == ('A "tree": #1', "Back\\slash tab")


def raw_answers(factor: Factor) -> st.SearchStrategy[object]:
    match factor:
        case ChoiceFactor():
            return st.lists(st.sampled_from(list(factor.values)), min_size=1, unique=True)
        case MultiFactor():
            states = st.sampled_from(["present", "absent", "unknown"])
            return st.dictionaries(st.sampled_from(list(factor.members)), states)
        case NumberFactor():
            return st.decimals(factor.minimum, factor.maximum, places=4).map(str)


def parsed(factor: Factor, raw: object) -> Answer:
    try:
        return parse_answer(factor, raw)
    except AnswerError:
        return UNKNOWN


CASES = st.fixed_dictionaries(
    {}, optional={factor.id: raw_answers(factor) for factor in PATHWAY.factors.values()}
).map(
    lambda raw: Answers({name: parsed(PATHWAY.factors[name], value) for name, value in raw.items()})
)


LETTERS = st.characters(codec="utf-8", exclude_categories=["C", "Z"]).filter(
    lambda char: not forbidden(char)
)


@settings(deadline=None)
@given(CASES, st.text(LETTERS, min_size=1))
def test_any_case_reads_back_as_it_was_written(given_answers: Answers, title: str) -> None:
    again = read_case(case_text(Case(given_answers, "x" + title), PATHWAY), PATHWAY)
    assert again.answers == given_answers


def test_a_regression_case_has_its_story_and_expectation(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text("answers: {}\ntitle: One\n")
    with pytest.raises(CaseErrors) as caught:
        read_regression_case(path, PATHWAY, "cases/one.yaml")
    assert [str(problem) for problem in caught.value.problems] == [
        "cases/one.yaml:1:1: expect is missing; say what must follow from the answers; in a "
        "written stub, confirm its last lines",
        "cases/one.yaml:1:1: vignette is missing",
    ]
    path.with_name("two.yaml").write_text("answers: {kind: oack}\n")
    with pytest.raises(CaseErrors) as caught:
        read_regression_cases(tmp_path, PATHWAY)
    assert {problem.position.file for problem in caught.value.problems} == {
        f"{tmp_path.name}/one.yaml",
        f"{tmp_path.name}/two.yaml",
    }
