"""What the check finds, as marks in the texts that an editor shows."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from wizard.case.files import CaseErrors, read_case
from wizard.editor.places import Place, word_at, words_of
from wizard.editor.view import View
from wizard.pathway.codes import Code
from wizard.pathway.problems import Problem
from wizard.record import Record

_QUOTED: Final = re.compile('"([^"]+)"')


class Mark(Record):
    """A finding at a word; `fix` is what may have been meant in place of the word, None without."""

    place: Place
    code: str
    message: str
    fix: str | None = None


def marks(view: View) -> dict[str, list[Mark]]:
    """The findings of a folder and of the cases from elsewhere, by file."""
    looked = view.looked
    found: dict[str, list[Mark]] = {name: [] for name in view.guests}
    for problem in looked.problems:
        mark = _of_problem(problem, view.texts)
        found.setdefault(mark.place.file, []).append(mark)
    for note in looked.notes:
        place = word_at(view.texts.get(note.position.file, ""), note.position)
        found.setdefault(place.file, []).append(Mark(place, note.code, note.what))
    for name, text in view.guests.items():
        found[name] = list(_of_case(name, text, view))
    return found


def _of_case(name: str, text: str, view: View) -> Iterator[Mark]:
    pathway = view.looked.pathway
    if pathway is None:
        what = f"the pathway in {view.folder} does not check, so this case cannot be read"
        yield Mark(Place(name, 1, 1, 0), Code.NO_PATHWAY, what)
        return
    try:
        read_case(text.encode("utf-8", "surrogatepass"), pathway, name)
    except CaseErrors as errors:
        for problem in errors.problems:
            yield _of_problem(problem, view.texts)


def _of_problem(problem: Problem, texts: Mapping[str, str]) -> Mark:
    text = texts.get(problem.position.file, "")
    place = word_at(text, problem.position)
    if problem.near is None:
        return Mark(place, problem.code, problem.message)
    wrong = _word_told(problem.what, words_of(text, place))
    if wrong is None:
        return Mark(place, problem.code, problem.message)
    start, word = wrong
    exact = Place(place.file, place.line, place.column + start, len(word))
    return Mark(exact, problem.code, problem.message, problem.near)


def _word_told(what: str, there: str) -> tuple[int, str] | None:
    """The wrong word among the words at a place, and where it begins in them.

    What is told of it quotes it.  It may be one of several that are joined; and what is told of a
    whole file, such as its name, does not stand in it at all.
    """
    for word in _QUOTED.findall(what):
        if there.count(word) == 1:
            return there.index(word), word
    return None


def fixes(found: Iterable[Mark], first: int, last: int) -> Iterator[Mark]:
    """Those of a file's marks on some lines for which something else may have been meant."""
    return (mark for mark in found if mark.fix is not None and first <= mark.place.line <= last)
