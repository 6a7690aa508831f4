"""A comparison of two versions as JSON data."""

from collections.abc import Mapping

from wizard.case.answers import Answers
from wizard.case.raw import raw_answer
from wizard.pathway.factors import Factor
from wizard.record import as_data
from wizard.workbench.affected import AffectedCase
from wizard.workbench.own_cases import OwnCases
from wizard.workbench.reading_again import claims_to_read
from wizard.workbench.rule_diff import CaseSet, FunctionChange
from wizard.workbench.version_diff import Diff


def comparison_data(diff: Diff) -> dict[str, object]:
    """A comparison as JSON data."""
    factors = diff.functions.factors
    return {
        "schema": 1,
        "clinical": diff.clinical,
        "behaviour": diff.behaviour,
        **{
            which: {"name": name, "id": one.id, "version": one.version, "digest": one.digest}
            for which, name, one in diff.versions
        },
        "review_lapsed": diff.lapsed is not None,
        "renamed": list(diff.renamed),
        "functions": [_function_data(change, factors, diff) for change in diff.functions.changes],
        "rewritten": [
            {"rule": one.title, "file": one.rule.position.file, "line": one.rule.position.line}
            for one in diff.functions.rewritten
        ],
        "records": [as_data(record) for record in diff.records],
        "thresholds": [
            {
                "rule": one.rule,
                "factor": one.factor,
                "file": one.position.file,
                "line": one.position.line,
                "number": str(one.number),
                "old_unit": one.old_unit,
                "new_unit": one.new_unit,
            }
            for one in diff.thresholds
        ],
        "hazards_without_control": [
            {"id": hazard.id, "why": lacking} for hazard, lacking in diff.uncontrolled
        ],
        "hazards_with_changed_control": [
            {"id": one.hazard.id, "no_longer_named": list(one.dropped), "cases": list(one.affected)}
            for one in diff.loosened
        ],
        "cases": [_case_data(case) for case in diff.cases],
        "reworded_cases": list(diff.reworded),
        "edits": [as_data(edit) for edit in diff.edits],
        **({} if diff.own is None else {"own_cases": _own_data(diff.own)}),
    }


def _function_data(
    change: FunctionChange, factors: Mapping[str, Factor], diff: Diff
) -> dict[str, object]:
    return {
        "subject": change.subject,
        "id": change.owner,
        "part": change.part,
        "label": change.label,
        "file": change.position.file,
        "line": change.position.line,
        "over": list(change.over),
        "cases": change.total,
        "before": change.before,
        "after": change.after,
        "appears": _side_data(change.appears, factors),
        "disappears": _side_data(change.disappears, factors),
        "only_new_answers": _side_data(change.of_new, factors),
        "only_old_answers": _side_data(change.of_old, factors),
        "follows": change.follows,
        "read_again": [claim.id for claim in claims_to_read(diff.old, diff.new, [change])],
    }


def _side_data(side: CaseSet, factors: Mapping[str, Factor]) -> dict[str, object]:
    return {
        "cases": side.cases,
        "regions": [
            {
                "words": region.words,
                "cases": region.cases,
                "example": answers_data(region.example, factors),
            }
            for region in side.regions
        ],
        "unlisted": side.unlisted,
    }


def answers_data(answers: Answers, factors: Mapping[str, Factor]) -> dict[str, object]:
    """Answers as JSON data, as an assessment shows them."""
    return {
        name: raw_answer(factors[name], answer)
        for name, answer in answers.items()
        if name in factors
    }


def _own_data(own: OwnCases) -> dict[str, object]:
    return {
        "folder": own.folder,
        "read": own.number,
        "affected": list(map(_case_data, own.affected)),
        "not_cases": [{"file": name, "why": why} for name, why in own.others],
    }


def _case_data(case: AffectedCase) -> dict[str, object]:
    changes = [{"subject": c.subject, "old": c.expected, "new": c.found} for c in case.changes]
    return {**as_data(case), "changes": changes}
