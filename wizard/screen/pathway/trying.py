"""Cases to try: one that reaches what a page is about, for the case place."""

from collections.abc import Iterable
from typing import Final

from wizard.case.answers import Answers
from wizard.case.files import CaseErrors, read_case
from wizard.engine.compiling import Compiled
from wizard.reasoning.meeting import case_that_meets, case_that_raises
from wizard.record import Record
from wizard.screen.pathway.parts import TRY
from wizard.screen.pathway.state import DESCRIBING, Browsing, Kind, Page
from wizard.screen.shared.keys import Refused
from wizard.screen.shared.rows import Row
from wizard.wording.text import counted

EXAMPLE: Final = "example"
"""Names a case that a page leads to which took long."""
_EXAMPLE: Final = "A case that reaches what no case of the pathway does"


class Trial(Record):
    """Answers to look at in the case place, and what to say of them there."""

    answers: Answers
    told: str


def tried(rows: Iterable[Row], cursor: str | None) -> str | None:
    """What of a page is tried: the last such row before the cursor, else the first."""
    found: list[str] = []
    for row in rows:
        if row.target is not None and row.target.startswith(TRY):
            found.append(row.target)
        if row.target is not None and row.target == cursor and found:
            return found[-1]
    return found[0] if found else None


def trial(state: Browsing, target: str) -> Trial:
    """A case for the target of such a row.  Raises Refused where there is none."""
    kind, *names = target.removeprefix(TRY).split(":")
    if kind == Kind.CASE:
        return _own_case(state, names[0])
    if kind == EXAMPLE:
        return Trial(state.worked_out[state.page].examples[names[0]], _EXAMPLE)
    answers = _answers(state.compiled, kind, names)
    if answers is None:
        raise Refused("No case can reach that: mdt-wizard check --deep tells why.")
    return Trial(answers, _told(state, kind, names, len(answers)))


def of_page(state: Browsing, page: Page) -> str | None:
    """What can be tried of a page whose rows are not made yet."""
    if page.id.startswith(DESCRIBING):
        return None
    if page.kind in (Kind.CASE, Kind.FAILING) and page.id:
        return f"{TRY}{Kind.CASE}:{page.id.removeprefix('cases/')}"
    if page in state.worked_out:
        return next((f"{TRY}{EXAMPLE}:{each}" for each in state.worked_out[page].examples), None)
    if page.kind is Kind.OPTION and page.id:
        option = state.pathway.options[page.id]
        return next((f"{TRY}statement:{page.id}:{each}" for each in option.statements), None)
    if page.kind is Kind.ALERT and page.id and state.pathway.alerts[page.id].answer_to is None:
        return f"{TRY}alert:{page.id}"
    return None


def _answers(compiled: Compiled, kind: str, names: list[str]) -> Answers | None:
    match kind, names:
        case "statement", [option, statement]:
            return case_that_meets(compiled, compiled.statements[option, statement])
        case "exclusion", [option, exclusion]:
            return case_that_meets(compiled, compiled.exclusions[option, exclusion])
        case "alert", [alert]:
            return case_that_raises(compiled, alert)
        case _:
            raise ValueError(kind)


def _told(state: Browsing, kind: str, names: list[str], number: int) -> str:
    pathway = state.pathway
    answers = counted(number, "answer")
    match kind, names:
        case "statement", [option, statement]:
            source = pathway.sources[pathway.options[option].statements[statement].source].short
            return f"{pathway.options[option].label}: {answers} that meet what {source} states"
        case "exclusion", [option, _exclusion]:
            return f"{pathway.options[option].label}: {answers} for which it is not meant"
        case _:
            return f"{answers.capitalize()} that bring it up: {pathway.alerts[names[0]].title}"


def _own_case(state: Browsing, name: str) -> Trial:
    from pathlib import Path

    try:
        case = read_case(Path(state.pathway.folder) / "cases" / name, state.pathway)
    except (CaseErrors, OSError):
        raise Refused("This case cannot be read: mdt-wizard test tells why.") from None
    return Trial(case.answers, f"A copy of: {case.title or name}")
