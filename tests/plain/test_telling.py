"""What each command of the line-by-line wizard tells."""

from itertools import pairwise

import pytest

from tests.plain.test_session import WHEN, said
from tests.small import at, shipped
from wizard.plain.commands import COMMANDS, Purpose
from wizard.plain.telling import named
from wizard.reasoning.situation import Situation
from wizard.reasoning.what_if import whole_case
from wizard.report.explanation import (
    case_explanation,
    option_explanation,
    what_if_report,
)
from wizard.wording.alerts import alert_texts
from wizard.wording.outline import Report, Section

SPREAD_NET = ("1", "1", "*", "3")
"""A NET of the pancreas that has spread, its size not known, as it is typed."""

MARKS = {"+ ", "? ", "- "}
LABELS = {"alpha": ("First",), "beta": ("Second thing",), "beta_two": ("Second place", "Other")}


def flat(*lines: str, now: Situation | None = None) -> str:
    return " ".join(said(*lines, "q", now=now).split())


def spread_net() -> Situation:
    """The same as a situation."""
    given = {"tumour_type": "net", "site": "pancreas", "tumour_size": "unknown", "extent": "spread"}
    return at(dict(given), shipped())


def spread_net_told(*lines: str) -> str:
    return flat(*SPREAD_NET, *lines, now=at(compiled=shipped()))


def words(report: Report, *titles: str) -> list[str]:
    """Every text of the sections of these titles."""

    def texts(section: Section) -> list[str]:
        found = list(section.paragraphs)
        waiting = list(section.items)
        while waiting:
            item = waiting.pop(0)
            found.append(item.whole)
            waiting[:0] = item.items
        return found

    chosen = [each for each in report.sections if each.title.startswith(titles)]
    assert chosen
    return [text for section in chosen for text in texts(section)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1", ("alpha",)),
        ("3", ("beta_two",)),
        ("0", ()),
        ("4", ()),
        ("0001", ()),
        ("second", ("beta", "beta_two")),
        ("SECOND T", ("beta",)),
        ("beta", ("beta",)),
        ("beta_t", ("beta_two",)),
        ("other", ("beta_two",)),
        ("thing", ()),
        ("١", ()),
    ],
)
def test_things_are_named_by_number_name_or_beginning(typed: str, found: tuple[str, ...]) -> None:
    assert named(typed, LABELS) == found


def test_help_lists_every_command_by_use() -> None:
    text = said("?", "q")
    places = [text.index(f"\n{use.value}:\n") for use in Purpose]
    assert places == sorted(places)
    for command in COMMANDS:
        assert f"(or {command.letter}): " in text
        assert command.does in " ".join(text.split())


def test_why_tells_all_reasons_of_an_option() -> None:
    now = spread_net()
    text = spread_net_told("why everolimus")
    report = option_explanation(now, WHEN, now.explained.options["everolimus"])
    for part in words(report, "Now", "Why", "Where the documents agree"):
        assert " ".join(part.split()) in text
    assert "WHAT WOULD MAKE IT" not in text


def test_why_without_an_option_is_about_the_question() -> None:
    assert "One option still depends on it: Prune." in flat("why")


def test_changes_tells_what_would_move_an_option() -> None:
    now = spread_net()
    text = spread_net_told("changes surgery")
    report = option_explanation(now, WHEN, now.explained.options["surgery"])
    for part in words(report, "What would make it"):
        assert " ".join(part.split()) in text
    assert "They are not advice on what to do." in text


def test_what_if_takes_a_question_or_all() -> None:
    now = spread_net()
    report = what_if_report(now, WHEN, whole_case(now.compiled, now.answers, now.assessment))
    everything = spread_net_told("what if all")
    for part in words(report, "What if"):
        assert " ".join(part.split()) in everything
    one = spread_net_told("what if has it spread")
    assert "WHAT IF: SPREAD" in one
    assert "WHAT IF: SITE" not in one
    here = spread_net_told("what if")
    assert here.count("WHAT IF: ") == 1


def test_first_and_documents_tell_what_explain_does() -> None:
    now = spread_net()
    report = case_explanation(now, WHEN)
    text = spread_net_told("first", "documents")
    for part in words(
        report, "Can we conclude", "What to find out", "Where the documents", "The case as one"
    ):
        assert " ".join(part.split()) in text


def test_a_tree_is_told_as_indented_text() -> None:
    text = said("2", "tree prune", "q")
    lines = text[text.index("Marks:") :].splitlines()
    depths = [len(line) - len(line.lstrip(" ")) for line in lines if line.lstrip()[:2] in MARKS]
    assert depths
    assert depths[0] == 2
    assert all(after - before <= 2 for before, after in pairwise(depths))
    assert "+ this case goes here" in text
    assert ": described" in text


def test_compare_sets_the_case_beside_itself_as_it_was() -> None:
    assert "There is nothing to compare with yet" in flat("compare")
    text = flat("2", "keep", "g 4", "1 rest", "compare")
    assert "The case is kept as it is now" in text
    assert (
        "First: the case before the last answer and as it was kept. Second: the case now." in text
    )
    assert "≠ Damage - first: not answered - second: Storm damage, no other" in text
    later = flat("2", "keep", "g 4", "1 rest", "g 7", "1", "compare")
    assert "First: the case before the last answer." in later
    assert "First: the case as it was kept." in later
    assert "Nothing differs." in flat("2", "keep", "b", "2", "compare")


def test_search_finds_and_says_where_nothing_is_found() -> None:
    found = flat("search conifer")
    assert "QUESTIONS (1) ------------- - Which kind of tree is it?" in found
    assert "Nothing in the pathway begins a word like this." in flat("search immunosuppress")
    assert "Type words after it" in flat("search")


def test_alerts_are_told_in_full() -> None:
    told = " ".join(said(*SPREAD_NET, "alerts", "q", now=at(compiled=shipped())).split())
    after = told[told.index("Question 5") :]
    for alert in alert_texts(spread_net()):
        assert alert.heading in after
        assert " ".join(alert.says.split()) in after
    assert "These answers raise no alert, and leave none to check." in flat("4", "alerts")


def test_about_tells_the_limits_and_what_documents_leave_out() -> None:
    about = spread_net_told("about")
    pathway = shipped().pathway
    left_out = [claim for source in pathway.sources.values() for claim in source.leaves_out]
    texts = [*pathway.limits, *(pathway.claims[claim].says for claim in left_out)]
    for text in texts:
        assert " ".join(text.split()) in about


@pytest.mark.parametrize("command", ["option", "tree", "changes", "why"])
def test_what_names_no_option_is_told_with_the_lists(command: str) -> None:
    unknown = flat(f"{command} zzz")
    assert '"zzz" is not the number or the beginning of the name of any of these.' in unknown
    assert "Not described is not the same as unsuitable." in unknown
    assert "may be Chemotherapy or Chemoembolisation of the liver." in flat(
        f"{command} chemo", now=at(compiled=shipped())
    )


def test_going_to_an_unknown_question_lists_them() -> None:
    text = flat("go nowhere")
    assert "is not the number or the beginning" in text
    assert "1. Kind of tree: to ask" in text
    assert "Question 7 of 7" in flat("go what is near")
