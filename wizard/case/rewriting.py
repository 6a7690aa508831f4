"""A case written into the text of its file: lines change where they say something else, no others.

Comments stay wherever they stand.  That of a line that goes has a line of its own from then on.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final

from wizard.case.answers import NO_ANSWERS
from wizard.case.files import KEYS, Case, CaseErrors, read_case
from wizard.case.given import SetAside
from wizard.case.log import entry_line
from wizard.case.writing import (
    answer_entries,
    aside_entries,
    head_lines,
    measure_entries,
    tail_lines,
)
from wizard.pathway.model import Pathway
from wizard.record import NOTHING

if TYPE_CHECKING:
    from wizard.pathway.format.text_edits import TextEdits

_NOTHING: Final = "answers: {}\n"


class NotRewrittenError(Exception):
    """A text in which a case cannot be written line by line; another file has to take it."""


def saved_text(case: Case, pathway: Pathway) -> str:
    """A saved case as a new file has it."""
    return rewritten(_NOTHING, Case(NO_ANSWERS), case, pathway)


def rewritten(text: str, before: Case, case: Case, pathway: Pathway) -> str:
    """The text of a file, which holds the case `before`, as it holds `case`.

    Raises NotRewrittenError where its layout leaves no lines to change.
    """
    found = edited(text, lambda edits: _edit(edits, before, case, pathway), former=pathway.former)
    if not _says(found, case, pathway):
        raise NotRewrittenError
    return found


def edited(
    text: str, edit: Callable[["TextEdits"], None], former: Mapping[str, str] = NOTHING
) -> str:
    """The text of a case file after edits of its lines; their ends stay as they are.

    Raises NotRewrittenError where its layout leaves no lines to change.
    """
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    crlf = "\r\n" in body and body.count("\r\n") == body.count("\n")
    lines = body.replace("\r\n", "\n") if crlf else body
    try:
        # Imported on first use, with the YAML parser.
        made = import_module("wizard.pathway.format.text_edits").TextEdits
        edits: TextEdits = made(lines, KEYS, former)
    except ValueError:
        raise NotRewrittenError from None
    edit(edits)
    changed = edits.text()
    return mark + (changed.replace("\n", "\r\n") if crlf else changed)


# --- parts -----------------------------------------------------------------------------------


def _edit(edits: "TextEdits", before: Case, case: Case, pathway: Pathway) -> None:
    head, tail = dict(head_lines(case)), dict(tail_lines(case, pathway))
    for name, lines in {**head, **tail}.items():
        edits.put(name, lines, unchanged=edits.has(name) and _same(name, before, case))
    edits.drop({"title", "vignette", "overlays", "standing", "record"} - head.keys() - tail.keys())
    measures = {name for name, each in case.measures.items() if before.measures.get(name) == each}
    edits.put_entries("measures", measure_entries(case.measures), measures)
    answers = answer_entries(case, pathway)
    edits.put_entries("answers", answers, _same_answers(before, case, pathway), needed=True)
    raw = {each.factor: each.raw for each in before.aside}
    aside = {each.factor for each in case.aside if raw.get(each.factor) == each.raw}
    edits.put_entries("aside", aside_entries(case.aside), aside)
    begun = len(before.log)
    grown = bool(begun) and before.log == case.log[:begun]
    edits.put_items("log", tuple(map(entry_line, case.log)), begun if grown else 0)


def _same(name: str, before: Case, case: Case) -> bool:
    """Whether a part that has one value says the same in both cases."""
    match name:
        case "pathway":
            return False
        case "version" | "digest" | "overlays":
            return before.made is not None and before.made == case.made
        case "record":
            return before.decisions == case.decisions
        case _:
            return bool(getattr(before, name) == getattr(case, name))


def _same_answers(before: Case, case: Case, pathway: Pathway) -> set[str]:
    """The questions whose lines stay: answered alike, and by present names."""
    renamed = {each.split(" ")[1] for each in before.renamed if each.startswith("value ")}
    former = {
        of.partition(".")[0]
        for of in (key.removeprefix("value ") for key in pathway.former if "value " in key)
        if of.partition(".")[2] in renamed
    }
    written_anew = {*former, *before.back, *(each.factor for each in before.aside)}
    return {
        name
        for name, answer in case.answers.items()
        if before.answers.get(name) == answer and name not in written_anew
    }


def _says(text: str, case: Case, pathway: Pathway) -> bool:
    """Whether a text is read as the case that was to be written."""
    try:
        found = read_case(text, pathway, can_be_asked=True)
    except CaseErrors:
        return False
    parts = ("answers", "title", "vignette", "made", "decisions", "standing", "log")
    return all(
        (getattr(found, part) or None) == (getattr(case, part) or None) for part in parts
    ) and _names(found.aside) == _names(case.aside)


def _names(aside: tuple[SetAside, ...]) -> set[str]:
    return {each.factor for each in aside}
