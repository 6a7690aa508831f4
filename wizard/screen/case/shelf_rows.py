"""The start page as rows: what is looked for, the cases, and the one under the cursor."""

from collections.abc import Iterator, Sequence
from typing import Final

from wizard.case.files import CaseErrors, read_case
from wizard.case.shelf import ShelfCase
from wizard.pathway.choosing import shown
from wizard.pathway.model import Pathway
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, text
from wizard.wording.answers import answer_text, factor_label
from wizard.wording.left import day_and_time
from wizard.wording.text import counted

CASE: Final = "case:"
"""Begins the target of a case; its path follows."""
_HOW_TO_SAVE: Final = "No case is saved yet. esc goes back to the case, and s saves it by a title."
_NONE_FOUND: Final = "No case holds these words: backspace takes the last letter back."


def field_rows(typed: str | None, found: int, of: int, width: int) -> tuple[Row, ...]:
    """The name of the page, what is typed (None: nothing), and how many cases hold it."""
    none = typed is None
    words = Span("type to search", Tone.DIM) if none else Span(f"{typed}▏", Tone.STRONG)
    title = "Saved cases   " if width >= len("Saved cases") * 4 else "Cases  "
    number = f"{found} of {of}" if found != of else counted(of, "case")
    end = Cell((Span(number, Tone.DIM),), len(number), right=True)
    return (Row((Cell((Span(title, Tone.ACCENT), words), cut=True), end)),)


def title_rows(case: ShelfCase, words: str) -> tuple[Row, ...]:
    """What stands over the field for another title."""
    return (
        text(f"Another title for: {case.name}", Tone.STRONG),
        text(f"{words} Enter renames it, esc leaves it as it is.", Tone.CAUTION),
    )


def list_rows(cases: Sequence[ShelfCase], *, whole: bool, typed: str) -> tuple[Row, ...]:
    """Each case by its title, with its day."""
    rows = [_case_row(each) for each in cases]
    if not whole:
        return (*rows, text("…", Tone.DIM))
    return tuple(rows) or (text(_NONE_FOUND if typed else _HOW_TO_SAVE),)


def case_rows(pathway: Pathway, case: ShelfCase) -> tuple[Row, ...]:
    """One case: when it was saved, in which pathway, where, and its answers."""
    made = f"{case.pathway} {case.version}".strip()
    return (
        text(case.name, Tone.STRONG),
        text(f"{day_and_time(case.at)}   {counted(case.answers, 'answer')}", Tone.DIM),
        *((text(made, Tone.DIM),) if made else ()),
        text(shown(case.path), Tone.DIM),
        BLANK,
        *_answers(pathway, case),
    )


def _case_row(case: ShelfCase) -> Row:
    here = case.at.astimezone()
    day = f"{here.day} {here:%b %Y}"
    title = Cell((Span("! " if case.wrong else "· ", Tone.DIM), Span(case.name)), cut=True)
    end = Cell((Span(day, Tone.DIM),), len(day), right=True)
    return Row((title, end), f"{CASE}{case.path}")


def _answers(pathway: Pathway, case: ShelfCase) -> Iterator[Row]:
    """The answers in the words of this pathway, or why they cannot be told."""
    if case.wrong:
        yield text(f"It cannot be read: {case.wrong}", Tone.CAUTION)
        return
    try:
        answers = read_case(case.path, pathway).answers
    except CaseErrors as error:
        yield text(f"It cannot be opened as it is: {error.problems[0].what}", Tone.CAUTION)
        return
    for name, answer in answers.items():
        factor = pathway.factors[name]
        yield text(f"{factor_label(factor)}: {answer_text(factor, answer)}")
