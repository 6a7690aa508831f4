"""All that a check looks at in one folder, as findings."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from wizard.engine.disorder import BudgetExceededError
from wizard.pathway.codes import Code
from wizard.pathway.load import is_shipped
from wizard.pathway.problems import FileErrors
from wizard.workbench.checking import document_findings, findings, read_whole
from wizard.workbench.findings import Examined, Finding


def examine(
    folder: Path, copies: Path | None, today: date, step: Callable[[str], None] | None
) -> Examined:
    """Check a folder; beside copies of its documents, and with the deep check if it has a `step`.

    Raises OSError where a copy cannot be read.
    """
    try:
        pathway, cases = read_whole(folder, shipped=is_shipped(folder))
        found = list(findings(pathway, cases, folder))
        if copies is not None:
            found += document_findings(pathway, copies)
        if step is not None:
            from wizard.workbench.deep import deep_check

            found += deep_check(pathway, today, step)
    except FileErrors as errors:
        return Examined(folder, errors.folder, None, 0, tuple(_of_causes(errors)), str(errors))
    except BudgetExceededError as error:
        finding = Finding(Code.TOO_LARGE, error.position, error.message)
        place = error.position.from_here(folder)
        wrong = f"{place}: {error.message} [{finding.code}]"
        return Examined(folder, folder, None, 0, (finding,), wrong)
    return Examined(folder, folder, pathway, len(cases), tuple(found))


def _of_causes(errors: FileErrors) -> Iterator[Finding]:
    """One finding for the mistakes of each cause, with the other lines in which it shows."""
    for first, *others in errors.causes:
        also = {each.position[:2]: each.position for each in others}
        also.pop(first.position[:2], None)
        yield Finding(first.code, first.position, first.message, also=tuple(also.values()))
