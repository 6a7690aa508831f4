"""What became of a saved case, in words."""

from typing import Any

from tests.reasoning.records import HERE
from tests.small import answers, prostate
from wizard.case.answers import NO_ANSWERS, Answers
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.model import AlertLevel, Pathway
from wizard.pathway.sources import Release
from wizard.pathway.trees import Not, Outcome, Rule
from wizard.reasoning.assessing import conclude
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.since import Since, since
from wizard.reasoning.standing_then import standing_of
from wizard.record import replace
from wizard.report.text import laid_out
from wizard.wording.outline import Report
from wizard.wording.since import moved_items, since_line, since_sections

OLD = prostate()
CASE = answers(OLD.pathway, {"extent": "nearby"})
LOG = (*OLD.pathway.changes, Release(version="2025.1", date="2025-02-03", what="The first."))
NEXT = Release(version="2027.1", date="2027-02-03", what="Something was turned round.")


ALWAYS = Rule(Outcome(described=True, position=HERE), HERE)


def turned(pathway: Pathway, option: str, statement: str) -> Pathway:
    """The pathway with a statement that holds where it did not."""
    of = pathway.options[option]
    one = of.statements[statement]
    tree = Not(one.rule.tree, one.rule.position)
    new = replace(one, rule=Rule(tree, one.rule.position))
    return with_option(pathway, option, statements={**of.statements, statement: new})


def with_option(pathway: Pathway, option: str, **parts: Any) -> Pathway:
    options = {**pathway.options, option: replace(pathway.options[option], **parts)}
    return with_parts(pathway, options=options)


def with_parts(pathway: Pathway, **parts: Any) -> Pathway:
    return replace(pathway, digest="another", **parts)


def compared(pathway: Pathway, case: Answers = CASE, old: Compiled = OLD) -> Since:
    then = standing_of(old.pathway, conclude(old, case))
    return since(then, pathway, case, conclude(compile_pathway(pathway), case))


def lines(pathway: Pathway, found: Since) -> list[str]:
    return laid_out(Report("T", since_sections(pathway, found))).splitlines()[3:]


def test_what_moved_is_told_with_what_changed_behind_it() -> None:
    new = turned(OLD.pathway, "chemotherapy", "stage_4")
    new = replace(new, version="2027.1", changes=(NEXT, *LOG))
    assert lines(new, compared(new)) == [
        "THEN AND NOW",
        "------------",
        "One option of 17 stands otherwise than in version 2026.1.",
        "",
        "* Chemotherapy with hormone therapy: not described (before: described)",
        "  - Statement stage_4: does not match (before: matches)",
        "  - Behind it: the statement stage_4 changed (options/chemotherapy.yaml, line 9)",
        "",
        "WHAT THE PATHWAY SAYS OF ITS CHANGES SINCE VERSION 2026.1",
        "---------------------------------------------------------",
        "- 2027.1, 3 February 2027: Something was turned round.",
    ]


def test_options_come_and_go() -> None:
    options = dict(OLD.pathway.options)
    gone = options.pop("proton_beam")
    options["photons"] = replace(gone, id="photons", label="Photons")
    new = with_parts(OLD.pathway, options=options)
    assert lines(new, compared(new)) == [
        "THEN AND NOW",
        "------------",
        "One option of 17 stands otherwise than in version 2026.1, whose files were others then.",
        "",
        "* “proton_beam”: no longer an option (before: not described)",
        "  - Behind it: the option is gone",
        "",
        "OPTIONS THAT ARE NEW, AND NOT DESCRIBED FOR THIS CASE",
        "-----------------------------------------------------",
        "- Photons",
    ]


def test_a_new_option_that_is_described_is_told_as_one() -> None:
    option = replace(OLD.pathway.options["chemotherapy"], id="more", label="More")
    new = with_parts(OLD.pathway, options={**OLD.pathway.options, "more": option})
    (item,) = moved_items(new, compared(new))
    assert item.text == "More: a new option, described"
    assert [each.text for each in item.items] == [
        "Behind it: the option is new (options/chemotherapy.yaml, line 9)"
    ]


def test_an_emergency_stands_before_the_options() -> None:
    alert = OLD.pathway.alerts["staging_tests"]
    loud = replace(alert, level=AlertLevel.EMERGENCY, when=ALWAYS, about={})
    calm = OLD.pathway.alerts["tests_missing"]
    alerts = {**OLD.pathway.alerts, loud.id: loud, calm.id: replace(calm, when=ALWAYS, about={})}
    new = replace(turned(OLD.pathway, "chemotherapy", "stage_4"), alerts=alerts)
    told = [each.text for each in moved_items(new, compared(new))]
    assert [each.partition(":")[0] for each in told] == [
        "May be life-threatening",
        "Chemotherapy with hormone therapy",
        "Gap",
    ]
    assert since_line(new, compared(new)).startswith("One option of 17 and two alerts stand")


def test_a_question_that_is_worded_otherwise_is_to_be_read_again() -> None:
    extent = replace(OLD.pathway.factors["extent"], question="How far?")
    new = with_parts(OLD.pathway, factors={**OLD.pathway.factors, "extent": extent})
    new = with_option(new, "turp", label="TURP, it is")
    assert lines(new, compared(new))[2:] == [
        "Everything shown of this case stands as in version 2026.1, whose files were others then.",
        "",
        "OPTIONS THAT SHOW AS THEN, WITH SOMETHING IN THEIR FILES CHANGED",
        "----------------------------------------------------------------",
        "",
        "- TURP, it is",
        "  - The wording changed (options/turp.yaml, line 1).",
        "",
        "QUESTIONS THAT CHANGED SINCE THEY WERE ANSWERED",
        "-----------------------------------------------",
        "Read them again: the answer may no longer be the same.",
        "- The wording of the question “Reach” changed (factors.yaml, line 47).",
    ]


def test_where_no_file_changed_behind_it_that_is_said() -> None:
    found = conclude(OLD, CASE)
    then = replace(
        standing_of(OLD.pathway, found), alerts={"old": AlertState.RAISED}, version="2025.0"
    )
    compared_so = since(then, OLD.pathway, CASE, found)
    assert lines(OLD.pathway, compared_so)[2:] == [
        "One alert stands otherwise than in version 2025.0.",
        "",
        "* Alert “old”: not shown (before: raised)",
        "  - Behind it: nothing in the files of the pathway; the answers or this tool are others",
        "    than then",
        "",
        "WHAT THE PATHWAY SAYS OF ITS CHANGES SINCE VERSION 2025.0",
        "---------------------------------------------------------",
        "Its change log does not know that version.",
    ]


def test_an_answer_that_is_carried_otherwise_stands_behind_what_asks_it() -> None:
    then = standing_of(OLD.pathway, conclude(OLD, CASE))
    now = conclude(OLD, NO_ANSWERS)
    found = since(then, OLD.pathway, NO_ANSWERS, now, carried=["extent"])
    assert found.options
    for item in moved_items(OLD.pathway, found):
        assert "Behind it: the answer to “Reach” is not the one of then" in [
            each.text for each in item.items
        ]
