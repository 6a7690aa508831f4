"""Options, statements, aims, settings, cards and alerts in words."""

import ast
import re
from pathlib import Path

import pytest

import wizard
from tests.small import at, shipped, small
from wizard.pathway.factors import named_values
from wizard.pathway.model import CARD_ROWS, Status
from wizard.reasoning.assessment import AlertState, Setting
from wizard.reasoning.case_diff import moved
from wizard.wording.alerts import alert_texts, manner
from wizard.wording.differences import Mark, alerts_moved, mark, option_moved
from wizard.wording.options import (
    ROW_TITLES,
    option_card,
    option_lists,
    option_row,
    statement_lines,
)

BEECH_AFTER_STORM: dict[str, object] = {"kind": "beech", "damage": ["storm"]}


def why(given: dict[str, object], option: str) -> str:
    now = at(given)
    return option_row(now, now.pathway.options[option]).why


def test_the_three_lists_are_always_there_in_the_neutral_order() -> None:
    lists = option_lists(at({"kind": "oak", "damage": ["none"], "growth": "slow", "height": 3}))
    assert list(lists) == [Status.DESCRIBED, Status.POSSIBLE, Status.NOT_DESCRIBED]
    assert [row.id for row in lists[Status.DESCRIBED]] == ["watch", "spray"]
    assert lists[Status.POSSIBLE] == ()
    assert [row.id for row in lists[Status.NOT_DESCRIBED]] == ["prune", "fell"]


def test_why_an_option_has_its_status() -> None:
    assert why({}, "spray") == "Described for every case."
    assert why(BEECH_AFTER_STORM, "watch") == ("Not described because “Damage” has Storm damage.")
    assert why(BEECH_AFTER_STORM, "fell") == "Depends on: Height; What is near it."
    assert why(BEECH_AFTER_STORM, "prune") == (
        "Described because “Kind of tree” is answered “Beech” and “Damage” has Storm damage."
    )


def test_a_reason_names_only_the_members_that_decide() -> None:
    given: dict[str, object] = {"kind": "beech", "damage": ["storm", "insects"]}
    assert "has Storm damage." in why(given, "prune")
    assert "Insects" not in why(given, "prune")


def test_each_statement_has_its_own_match_line() -> None:
    now = at(BEECH_AFTER_STORM)
    lines = {line.id: line for line in statement_lines(now, now.pathway.options["prune"])}
    assert lines["broken_branches"].match.startswith("matches because “Kind of tree”")
    assert lines["trunk_fungus"].match == (
        "does not match because “Damage” is answered without Fungus"
    )
    assert [cited.claim for cited in lines["trunk_fungus"].citations] == ["HBK-03"]
    unknown = at({"kind": "oak"})
    lines = {line.id: line for line in statement_lines(unknown, now.pathway.options["prune"])}
    assert lines["trunk_fungus"].match == "depends on: Damage; Where the fungus is"


def test_aims_and_usual_settings() -> None:
    near_path = at({**BEECH_AFTER_STORM, "near": "path"})
    row = option_row(near_path, near_path.pathway.options["prune"])
    assert [aim.text for aim in row.aims] == ["Keep people from harm", "Keep the tree"]
    assert row.setting is not None
    assert near_path.assessment.options["prune"].usual_setting is Setting.MET
    assert row.setting.why == "met because “What is near it” is answered “A path”"
    unknown = option_row(at(BEECH_AFTER_STORM), near_path.pathway.options["prune"])
    assert unknown.setting is not None
    assert unknown.setting.why == "depends on: What is near it"
    watch = near_path.pathway.options["watch"]
    assert option_row(near_path, watch).setting is None


def test_a_card_has_every_row_that_says_something_and_says_where_nothing_is_said() -> None:
    card = option_card(at(BEECH_AFTER_STORM), "prune")
    aims, *parts = card.sections
    assert [part.title for part in parts] == ["How it works", "Side effects", "Cautions"]
    works, side_effects, cautions = parts
    assert [line.text for line in works.items] == [
        "Note: The handbook gives no season.",
        "Broken branches are cut off.",
    ]
    assert side_effects.paragraphs == ("The two documents list no side effects for this.",)
    assert cautions.paragraphs == (
        "The two documents list no cautions for this; that does not mean that there are none.",
    )
    assert (aims.title, aims.paragraphs) == ("Aims", ())
    none, *_ = option_card(at(), "spray").sections
    assert none.paragraphs == ("The two documents state no aim for it.",)
    assert set(ROW_TITLES) == set(CARD_ROWS)


@pytest.mark.parametrize("option", list(shipped().pathway.options))
def test_every_line_of_every_shipped_card_has_its_source(option: str) -> None:
    card = option_card(at(compiled=shipped()), option)
    assert all(line.citations for line in card.statements)
    notes = {f"Note: {note.says}" for note in shipped().pathway.options[option].notes}
    lines = [line for part in card.sections for line in part.items]
    assert all(line.citations or line.text in notes for line in lines)
    assert all(cited.badge for line in card.statements for cited in line.citations)


# --- alerts ----------------------------------------------------------------------------------


def test_a_check_says_on_what_it_depends() -> None:
    now = at(BEECH_AFTER_STORM)
    [alert] = alert_texts(now)
    assert alert.state is AlertState.CHECK
    assert alert.heading == "May be life-threatening, to check: A branch may fall"
    assert alert.unsettled == ("Not settled by these answers; it depends on: What is near it.")
    [raised] = alert_texts(at({**BEECH_AFTER_STORM, "near": "path"}))
    assert raised.heading == "May be life-threatening: A branch may fall"
    assert raised.unsettled is None
    assert [line.text for line in raised.lines] == [
        "A broken branch may fall at any time.",
        "People near a tree matter.",  # of the shared tree by which it is raised
    ]


def test_emergencies_come_first() -> None:
    given: dict[str, object] = {"problems": {"carcinoid_syndrome": "present"}, "site": "pancreas"}
    alerts = alert_texts(at(given, shipped()))
    assert alerts[0].heading.startswith("May be life-threatening: ")
    assert len(alerts) > 1


def test_a_caution_has_the_verb_of_its_document() -> None:
    given: dict[str, object] = {
        "tumour_type": "net",
        "extent": "spread",
        "general_health": {"autoimmune_hepatitis": "present"},
    }
    caution = next(
        alert
        for alert in alert_texts(at(given, shipped()))
        if alert.id == "interferon_caution.autoimmune_hepatitis"
    )
    cited = [line.items[0].citations[0] for line in caution.lines]
    manners = {
        each.claim: line.text.removeprefix(each.says).removeprefix(" (").removesuffix(")")
        for each, line in zip(cited, caution.lines, strict=True)
    }
    assert manners == {
        "ICQ-65": "may cause; stated for: antiviral",
        "ICQ-66": "avoid or caution; stated for: interferons",
        "ICQ-68": "avoid interferon; stated for: interferons",
    }
    assert all("does not mention NETs" in each.badge for each in cited)


def test_a_claim_without_an_action_has_no_manner() -> None:
    pathway = shipped().pathway
    assert manner(pathway, None, None) is None
    assert manner(pathway, "tell_doctor", None) == "tell doctor"


# --- what moved ------------------------------------------------------------------------------


def test_what_an_answer_moved() -> None:
    pathway = small().pathway
    before, after = at().assessment.showing, at(BEECH_AFTER_STORM).assessment.showing
    found = {move.option: move for move in moved(before, after).options}
    assert mark(found["prune"]) is Mark.APPEARED
    assert mark(found["watch"]) is Mark.LEFT
    assert option_moved(pathway, found["prune"]) == (
        "Prune: described (before: depends on further answers)"
    )
    assert "spray" not in found
    raised = at({**BEECH_AFTER_STORM, "near": "path"}).assessment.showing
    assert [*alerts_moved(pathway, moved(after, raised)).values()] == [
        "May be life-threatening, now raised: A branch may fall",
    ]
    assert [*alerts_moved(pathway, moved(raised, after)).values()] == [
        "May be life-threatening, now to check: A branch may fall",
    ]


def texts_of(path: Path) -> set[str]:
    """Every text in a module's code; docstrings may give an example."""
    tree = ast.parse(path.read_text())
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
    }


def test_the_program_names_no_factor_option_or_alert_of_the_shipped_pathway() -> None:
    """Everything it says about a pathway comes from the pathway."""
    pathway = shipped().pathway
    values = {value for factor in pathway.factors.values() for value in named_values(factor)}
    telling = {*pathway.options, *pathway.alerts}
    telling |= {each for each in values | pathway.factors.keys() if "_" in each}
    named = re.compile(rf"\b({'|'.join(map(re.escape, sorted(telling)))})\b")
    root = Path(wizard.__file__).parent
    found = {
        f"{path.relative_to(root)}: {match}"
        for path in root.rglob("*.py")
        for text in texts_of(path)
        for match in named.findall(text)
    }
    assert found == set()
