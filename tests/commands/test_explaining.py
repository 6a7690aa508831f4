"""explain, what-if and compare: what they print, and how they end."""

import json
from pathlib import Path

import pytest

from tests.program import ROOT, run
from tests.small import SMALL
from wizard.exits import ExitCode
from wizard.pathway.load import load_pathway

CASES = ROOT / "pathways" / "neuroendocrine" / "cases"
ONE, OTHER = (
    CASES / "net_spread_not_in_the_liver.yaml",
    CASES / "net_in_the_liver_only_removable.yaml",
)


def test_explain_says_why_and_what_would_change_it() -> None:
    text = run("explain", ONE, "liver_rfa")
    assert (text.code, text.err) == (0, "")
    assert "These answers alone decide it" in text.out
    assert "WHAT WOULD MAKE IT DESCRIBED" in text.out
    data = json.loads(run("explain", ONE, "liver_rfa", "--format", "json").out)
    assert data["option"]["status"] == "not_described"
    assert data["changes"]["described"]["nearest"][0]["changed"] == ["spread_sites"]
    assert data["changes"]["kept"] == ["tumour_type"]


def test_explain_releases_a_fact_when_told_to() -> None:
    case = "answers: {tumour_type: nec}"
    kept = json.loads(run("explain", "-", "interferon", "--format", "json", given=case).out)
    assert kept["changes"]["described"]["nearest"] == []
    free = run(
        "explain", "-", "interferon", "--release", "tumour_type", "--format", "json", given=case
    )
    nearest = json.loads(free.out)["changes"]["described"]["nearest"]
    assert nearest == [
        {
            "answers": {"tumour_type": ["net"], "extent": ["spread"]},
            "changed": ["tumour_type"],
            "found_out": ["extent"],
            "statements": [
                {"id": "carcinoid_after_spread", "claims": ["CRI-12"], "claims_possible": []}
            ],
        }
    ]


def test_explain_without_an_option_is_about_the_case() -> None:
    text = run("explain", ONE)
    assert "CAN WE CONCLUDE YET?" in text.out
    assert "WHAT TO FIND OUT FIRST" in text.out
    data = json.loads(run("explain", ONE, "--format", "json").out)
    assert len(data["agreement"]) == 18


def test_what_if_takes_one_question_or_all_that_are_answered() -> None:
    text = run("what-if", ONE, "extent")
    assert (text.code, text.err) == (0, "")
    assert "WHAT IF: SPREAD" in text.out
    assert "It is not advice on what to do." in " ".join(text.out.split())
    whole = json.loads(run("what-if", ONE, "--format", "json").out)
    answered = {name for name, answer in whole["answers"].items() if answer is not None}
    assert {each["factor"] for each in whole["factors"]} == answered
    nothing = run("what-if", "-", given="answers: {}")
    assert "No question that is used has been answered yet." in nothing.out


def test_compare_exits_with_5_where_the_cases_differ() -> None:
    text = run("compare", ONE, OTHER)
    assert (text.code, text.err) == (5, "")
    assert "≠ " in text.out
    data = json.loads(run("compare", ONE, OTHER, "--format", "json").out)
    assert "spread_sites" in data["answers_that_differ"]
    same = run("compare", ONE, "-", given=ONE.read_text())
    assert (same.code, same.err) == (0, "")
    assert "Nothing shown would be different." in same.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("explain", ONE, "surgeri"), 'no option "surgeri"; did you mean surgery?'),
        (("explain", ONE, "surgery", "--release", "sit"), "did you mean site?"),
        (("what-if", ONE, "zzz"), 'no factor "zzz"; there are tumour_type'),
        (("compare", "-", "-"), "only one of the two cases"),
    ],
)
def test_wrong_names_are_refused_with_one_line(arguments: tuple[str, ...], said: str) -> None:
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [("explain", "-"), ("what-if", "-"), ("compare", "-", ONE)])
def test_a_case_that_does_not_fit_exits_with_4(arguments: tuple[str, ...]) -> None:
    ended = run(*arguments, given="answers: {tumour_type: nett}")
    assert (ended.code, ended.out) == (4, "")
    assert "did you mean net?" in ended.err


def test_they_explain_other_pathways(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("answers: {kind: pine, height: 20}\n")
    option = json.loads(run("assess", case, "--pathway", SMALL, "--format", "json").out)["options"][
        0
    ]
    for arguments in (("explain", case, option["id"]), ("what-if", case), ("explain", case)):
        ended = run(*arguments, "--pathway", SMALL)
        assert (ended.code, ended.err) == (0, "")
        assert "This is not the pathway that came with the tool" in ended.out


# --- draw ------------------------------------------------------------------------------------


def test_draw_prints_one_option_or_all_with_the_way_of_a_case(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("answers: {tumour_type: net, surgery_feasible: can_remove}\n", "utf-8")
    one = run("draw", "surgery", "--case", case)
    assert (one.code, one.err) == (ExitCode.DONE, "")
    assert one.out.startswith("<svg ")
    assert "▶ The tumour can be removed: described" in one.out
    whole = run("draw")
    assert "▶" not in whole.out
    assert all(f">{option.label}</text>" in whole.out for option in load_pathway().options.values())
    for form, start in (("mermaid", "%% "), ("dot", "digraph ")):
        assert run("draw", "surgery", "targeted_setting", "--format", form).out.startswith(start)
    wrong = run("draw", "surgry")
    assert wrong.code == ExitCode.WRONG_USAGE
    assert 'there is no option or shared tree "surgry"; did you mean surgery?' in wrong.err
