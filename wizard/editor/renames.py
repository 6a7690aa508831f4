"""Another id for what a name names, as edits of every file, refused with its reason."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Final

from wizard.editor.names import Found
from wizard.editor.places import lines_of
from wizard.editor.view import View
from wizard.exits import WrongUsageError
from wizard.pathway.factors import MultiFactor
from wizard.pathway.problems import PathwayErrors, printable
from wizard.record import Record
from wizard.workbench.naming import Kind
from wizard.workbench.trying_renames import asked, tried

_RENAMED: Final = frozenset({Kind.OPTION, Kind.FACTOR, Kind.VALUE, Kind.CLAIM, Kind.CASE})
_CASES, _END = "cases/", ".yaml"


class Edit(Record):
    """Lines of a file, from one to before another, counted from 0, and what stands in place."""

    first: int
    behind: int
    lines: tuple[str, ...]


class Renames(Record):
    """The edits of each file, and the files that are called otherwise afterwards."""

    edits: Mapping[str, tuple[Edit, ...]]
    moved: Mapping[str, str]


def refusal(view: View, found: Found | None) -> str:
    """Why what is named cannot have another id; "" where it may."""
    if found is None:
        return "there is no id here"
    if found.thing.kind not in _RENAMED:
        return f"the id of this {found.thing.kind} cannot be changed in every file at once"
    if not any(place.file in view.texts for place in view.names.defined(found.thing)):
        return f'no file of this folder defines "{found.thing.name}"'
    return ""


def renames(view: View, found: Found | None, new: str) -> Renames:
    """What gives a thing another id.

    Raises WrongUsageError with the reason where that cannot be.
    """
    looked = view.looked
    if why := refusal(view, found):
        raise WrongUsageError(why)
    if found is None or looked.pathway is None or looked.problems:
        first = f": {looked.problems[0]}" if looked.problems else ""
        raise WrongUsageError(f"the files do not check as they are{first}")
    thing = found.thing
    kind: str = thing.kind
    old = thing.name
    if thing.kind is Kind.CASE:
        old, new = (each.removeprefix(_CASES).removesuffix(_END) for each in (old, new))
    elif thing.kind is Kind.VALUE:
        is_multi = isinstance(looked.pathway.factors[thing.of], MultiFactor)
        kind, old = "member" if is_multi else "value", f"{thing.of}.{old}"
    renaming = asked(kind, old, new, looked.pathway, looked.cases)
    files = {name: "\n".join(lines_of(text)) for name, text in looked.texts.items()}
    try:
        done = tried(files, renaming, looked.pathway, looked.cases)
    except PathwayErrors as errors:
        why = f"the files would not check: {errors.problems[0]}"
        raise WrongUsageError(printable(why)) from None
    if done.refusal:
        raise WrongUsageError(done.refusal)
    return _changes(files, done.files)


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Renames:
    gone = [name for name in before if name not in after]
    new = [name for name in after if name not in before]
    moved = dict(zip(gone, new, strict=True))
    edits = {}
    for name, text in before.items():
        now = after[moved.get(name, name)]
        if now != text:
            edits[name] = tuple(_edits(text, now))
    return Renames(edits, moved)


def _edits(before: str, after: str) -> Iterator[Edit]:
    """The fewest lines that change, so that the editor keeps its place in the others."""
    old, new = before.split("\n"), after.split("\n")
    for tag, first, behind, start, end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            yield Edit(first, behind, tuple(new[start:end]))
