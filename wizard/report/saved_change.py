"""What a saved change comes to, in one line: for who edits a pathway and looks at a case."""

from collections.abc import Iterator
from typing import Final

from wizard.pathway.problems import FileErrors, Problem, printable
from wizard.wording.text import counted
from wizard.workbench.record_diff import RecordChange
from wizard.workbench.rule_diff import FunctionChange, Subject
from wizard.workbench.version_diff import Diff

_HOLDS: Final = {
    Subject.OPTION: "described",
    Subject.STATEMENT: "matching",
    Subject.SCOPE: "in the scope of it",
    Subject.AIM: "with this aim",
    Subject.SETTING: "in the usual setting",
    Subject.EXCLUSION: "excluded",
    Subject.ALERT: "raising it",
    Subject.CHECK: "leaving it as a check",
    Subject.WHEN: "meeting its condition",
    Subject.UNLESS: "silencing it",
    Subject.CERTAIN: "meeting the certain part of its check",
    Subject.MAYBE: "meeting the possible part of its check",
    Subject.QUESTION: "asking it",
}
"""What a combination of answers is where a function holds, behind "now" or "no longer"."""


def change_line(diff: Diff) -> str:
    """What a change of the files comes to: what moved first, how much more, how many cases."""
    parts = [*diff.renamed, _moved(diff)]
    changed = sum(bool(case.changes) for case in diff.cases)
    unmet = sum(bool(case.unmet) for case in diff.cases)
    parts += [f"{counted(changed, 'case')} {_differ(changed)}"] if changed else []
    parts += [f"{counted(unmet, 'case')} not as expected"] if unmet else []
    return "; ".join(parts)


def finding_line(problems: tuple[Problem, ...]) -> str:
    """The first thing that the check finds, and how many more there are; "" where nothing is.

    What was expected is left out: it may be long, and `check` and the pathway place tell it.
    """
    if not problems:
        return ""
    (first, *_), *others = FileErrors(problems).causes
    near = f"; did you mean {first.near}?" if first.near else ""
    told = printable(f"{first.position}: {first.what}{near} [{first.code}]")
    return f"{told}{f' ({len(others)} more)' if others else ''}"


def _differ(number: int) -> str:
    return "differs" if number == 1 else "differ"


def _moved(diff: Diff) -> str:
    changes = diff.functions.changes
    if changes:
        first, *others = changes
        more = f", and {counted(len(others), 'more change')}" if others else ""
        return f"{_function(diff, first)}{more}"
    if not diff.records:
        return "no result changes, and no word"
    first_said, *more_said = diff.records
    more = f", and {counted(len(more_said), 'more change')}" if more_said else ""
    what = "what is asked or told of results changes" if diff.behaviour else "no result changes"
    return f"{what}: {_record(first_said)}{more}"


def _record(change: RecordChange) -> str:
    state = " is new" if change.old is None else " is gone" if change.new is None else ""
    return f"{' '.join(change.path)}{state}"


def _function(diff: Diff, change: FunctionChange) -> str:
    name = _name(diff, change)
    total = f"{change.total} combination{'' if change.total == 1 else 's'}"
    if change.before is None:
        return f"{name} is new, {_HOLDS[change.subject]} in {change.after} of {total}"
    if change.after is None:
        return f"{name} is gone"
    return f"{name}: {', '.join(_sides(change, total))}"


def _sides(change: FunctionChange, total: str) -> Iterator[str]:
    holds = _HOLDS[change.subject]
    sides = (
        (change.appears, f"of {total} now {holds}"),
        (change.disappears, f"of {total} no longer {holds}"),
        (change.of_new, f"more {holds}, which have new answers"),
        (change.of_old, f"{holds} before are gone with their answers"),
    )
    yield from (f"{side.cases} {words}" for side, words in sides if side.cases)


def _name(diff: Diff, change: FunctionChange) -> str:
    """What changes, by the name of the option that it belongs to."""
    options = diff.new.options if change.owner in diff.new.options else diff.old.options
    if change.subject is Subject.OPTION or change.owner not in options:
        return change.label
    return f"{options[change.owner].label}, {change.subject} {change.label}"
