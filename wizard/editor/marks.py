"""What the check finds, as marks in the texts that an editor shows."""

from collections.abc import Iterable, Iterator, Mapping

from wizard.case.files import CaseErrors, read_case
from wizard.editor.places import Place, word_at, words_of
from wizard.pathway.problems import Problem
from wizard.record import Record
from wizard.workbench.findings import Severity
from wizard.workbench.rereading import Looked


class Mark(Record):
    """A finding at a word; `fix` is what may have been meant in place of the word, None without."""

    place: Place
    severity: Severity
    message: str
    fix: str | None = None


def marks(looked: Looked) -> dict[str, list[Mark]]:
    """The findings of a folder, by the files in which they stand."""
    found: dict[str, list[Mark]] = {}
    for problem in looked.problems:
        mark = _of_problem(problem, looked.texts)
        found.setdefault(mark.place.file, []).append(mark)
    for note in looked.notes:
        place = word_at(looked.texts.get(note.position.file, ""), note.position)
        found.setdefault(place.file, []).append(Mark(place, note.severity, note.what))
    return found


def marks_of_case(name: str, text: str, looked: Looked) -> list[Mark]:
    """The findings of a case that lies outside the folder of the pathway that reads it."""
    if looked.pathway is None:
        what = f"the pathway in {looked.folder} does not check, so this case cannot be read"
        return [Mark(Place(name, 1, 1, 0), Severity.ERROR, what)]
    try:
        read_case(text.encode("utf-8", "surrogatepass"), looked.pathway, name)
    except CaseErrors as errors:
        return [_of_problem(problem, {name: text}) for problem in errors.problems]
    return []


def _of_problem(problem: Problem, texts: Mapping[str, str]) -> Mark:
    text = texts.get(problem.position.file, "")
    place = word_at(text, problem.position)
    # Some say what a whole file should be called: the word at its beginning is not the wrong one.
    wrong = words_of(text, place)
    fix = problem.near if wrong and f'"{wrong}"' in problem.what else None
    return Mark(place, Severity.ERROR, problem.message, fix)


def fixes(found: Iterable[Mark], first: int, last: int) -> Iterator[Mark]:
    """Those of a file's marks on some lines for which something else may have been meant."""
    return (mark for mark in found if mark.fix is not None and first <= mark.place.line <= last)
