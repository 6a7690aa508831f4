"""What the check finds, as marks in the texts that an editor shows."""

from collections.abc import Iterable, Iterator, Mapping

from wizard.case.files import CaseErrors, read_case
from wizard.editor.places import Place, word_at, words_of
from wizard.editor.view import View
from wizard.pathway.problems import Problem
from wizard.record import Record
from wizard.workbench.findings import Severity


class Mark(Record):
    """A finding at a word; `fix` is what may have been meant in place of the word, None without."""

    place: Place
    severity: Severity
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
        found.setdefault(place.file, []).append(Mark(place, note.severity, note.what))
    for name, text in view.guests.items():
        found[name] = list(_of_case(name, text, view))
    return found


def _of_case(name: str, text: str, view: View) -> Iterator[Mark]:
    pathway = view.looked.pathway
    if pathway is None:
        what = f"the pathway in {view.folder} does not check, so this case cannot be read"
        yield Mark(Place(name, 1, 1, 0), Severity.ERROR, what)
        return
    try:
        read_case(text.encode("utf-8", "surrogatepass"), pathway, name)
    except CaseErrors as errors:
        for problem in errors.problems:
            yield _of_problem(problem, view.texts)


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
