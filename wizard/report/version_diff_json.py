"""A comparison of two versions as JSON data."""

from collections.abc import Mapping

from wizard.case.answers import Answers
from wizard.case.transitions import raw_answer
from wizard.pathway.model import Factor
from wizard.workbench.affected import AffectedCase
from wizard.workbench.rule_diff import CaseSet, FunctionChange
from wizard.workbench.version_diff import Diff, Stamp


def comparison_data(diff: Diff) -> dict[str, object]:
    """A comparison as JSON data."""
    factors = diff.functions.factors
    return {
        "schema": 1,
        "clinical": diff.clinical,
        "behaviour": diff.behaviour,
        "old": _stamp_data(diff.old),
        "new": _stamp_data(diff.new),
        "review_lapsed": diff.lapsed is not None,
        "functions": [_function_data(change, factors) for change in diff.functions.changes],
        "rewritten": [
            {"rule": one.title, "file": one.position.file, "line": one.position.line}
            for one in diff.functions.rewritten
        ],
        "records": [
            {"sort": r.sort, "path": list(r.path), "old": r.old, "new": r.new} for r in diff.records
        ],
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
            {"id": one.hazard.id, "why": one.why} for one in diff.uncontrolled
        ],
        "cases": [_case_data(case) for case in diff.cases],
    }


def _stamp_data(stamp: Stamp) -> dict[str, str]:
    return {
        "name": stamp.name,
        "id": stamp.id,
        "version": stamp.version,
        "digest": stamp.digest,
    }


def _function_data(change: FunctionChange, factors: Mapping[str, Factor]) -> dict[str, object]:
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


def _case_data(case: AffectedCase) -> dict[str, object]:
    return {
        "file": case.file,
        "title": case.title,
        "changes": [
            {"subject": c.subject, "old": c.expected, "new": c.found} for c in case.changes
        ],
        "unmet": [
            {"subject": c.subject, "expected": c.expected, "found": c.found} for c in case.unmet
        ],
        "edited": case.edited,
        "problem": case.problem,
        "only_in": case.only_in,
    }
