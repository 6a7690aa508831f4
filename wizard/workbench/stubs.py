"""Case files that a person has to confirm: answers, and what the pathway says of them now.

The expectation stands in comments, so that the case is refused until someone has compared it
with the documents and taken the marks off.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

from wizard.case.answers import Answers
from wizard.case.files import Case
from wizard.case.writing import case_text
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.engine.restriction import Restriction
from wizard.pathway.model import Pathway, Status
from wizard.pathway.problems import printable
from wizard.private_files import write_private
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import AlertState, Assessment
from wizard.reasoning.showing import status
from wizard.wording.text import sentence
from wizard.wording.vignettes import narrated, vignette
from wizard.workbench.scoring import Score

_HEAD: Final = """\
# Unconfirmed. Work out from the documents what must follow from these answers; compare it with
# the lines at the end, which are only what the pathway says now; correct whichever is wrong; then
# take the "# " off each of those lines. Until then `mdt-wizard test` refuses this file.
"""


def stub_text(compiled: Compiled, answers: Answers, title: str, why: Iterable[str]) -> str:
    """A case file without expectation, and what it would be, in comments."""
    pathway = compiled.pathway
    found = assess(compiled, answers)
    told = _told(pathway, answers, found.applies)
    case = Case(answers, title=title, vignette=told or "Nothing has been recorded.")
    reasons = "".join(f"# {printable(line)}\n" for line in why)
    expectation = _expectation(compiled, found)
    said = "".join(f"# {line}\n" for line in expectation)
    return f"{_HEAD}{reasons}{case_text(case, pathway)}{said}"


def words_of(compiled: Compiled, answers: Answers) -> int:
    """How many words the vignette of a case has."""
    view = Restriction(compiled.diagrams, compiled.space.allowed(answers))
    applies = {factor: status(view, node) for factor, node in compiled.applies.items()}
    return len(_told(compiled.pathway, answers, applies).split())


def _told(pathway: Pathway, answers: Answers, applies: Mapping[str, Status]) -> str:
    return narrated(tuple(map(sentence, vignette(pathway, answers, applies, frozenset()))))


def free_names(folder: Path, name: str) -> Iterator[Path]:
    """The names `name_1.yaml` and on in a folder that no file has."""
    return (path for number in count(1) if not (path := folder / f"{name}_{number}.yaml").exists())


def write_stub(names: Iterator[Path], text: str) -> Path:
    """Write a stub under the next free name.  Raises OSError."""
    while True:
        path = next(names)
        with suppress(FileExistsError):
            write_private(path, text)
            return path


def write_survivors(pathway: Pathway, found: Score, folder: Path) -> tuple[Path, ...]:
    """Write a stub for each case that is wanted to catch the surviving mutants.

    Raises OSError.
    """
    compiled = compile_pathway(pathway)
    paths, names = [], free_names(folder, "unconfirmed")
    for wanted in found.wanted:
        subjects = dict.fromkeys(one.subject for one in wanted.survivors)
        why = [
            f"It tells the pathway from an edit: {one.position}: {one.rule}: {one.what}"
            for one in wanted.survivors
        ]
        why += [f"For that it has to expect: {subject}" for subject in subjects]
        title = f"Unconfirmed: {wanted.survivors[0].subject}"
        text = stub_text(compiled, wanted.answers, title, why)
        paths.append(write_stub(names, text))
    return tuple(paths)


def _expectation(compiled: Compiled, found: Assessment) -> Iterator[str]:
    """The lines of `expect` for an assessment, with everything that can be expected."""

    def names(status: Status) -> str:
        return ", ".join(o.id for o in found.options.values() if o.status is status)

    def shown(state: AlertState) -> str:
        return ", ".join(alert for alert, own in found.alerts.items() if own is state)

    yield "expect:"
    yield f"  described: [{names(Status.DESCRIBED)}]"
    possible = [o for o in found.options.values() if o.status is Status.POSSIBLE]
    yield "  possible:" if possible else "  possible: {}"
    for option in possible:
        yield f"    {option.id}: [{', '.join(option.verdict.depends_on)}]"
    yield f"  not_described: [{names(Status.NOT_DESCRIBED)}]"
    yield f"  alerts: [{shown(AlertState.RAISED)}]"
    yield f"  checks: [{shown(AlertState.CHECK)}]"
    yield f"  parked: [{', '.join(found.parked)}]"
    relevant = [o for o in found.options.values() if o.status is not Status.NOT_DESCRIBED]
    yield from _map("aims", {o.id: f"[{', '.join(o.aims)}]" for o in relevant})
    settings = {o.id: o.usual_setting.value for o in relevant if o.usual_setting is not None}
    yield from _map("usual_settings", settings)
    excluded = {
        o.id: f"[{', '.join(o.excluded_by)}]" for o in found.options.values() if o.exclusions
    }
    yield from _map("excluded_by", excluded)
    several = {
        o.id: "{" + ", ".join(f"{name}: {status}" for name, status in o.statements.items()) + "}"
        for o in relevant
        if len(compiled.pathway.options[o.id].statements) > 1
    }
    yield from _map("statements", several)


def _map(key: str, entries: dict[str, str]) -> Iterator[str]:
    if entries:
        yield f"  {key}:"
        for name, value in entries.items():
            yield f"    {name}: {value}"
