"""Gives something another id in every file, and leaves all else in them as it is.

The old id is kept under `was`, so that a case of before still loads and a comparison pairs the two.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from wizard.pathway.factors import named_values
from wizard.pathway.format.events import read_yaml
from wizard.pathway.format.former import answer_alert_id, caution_id
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.format.spans import Span, spans
from wizard.pathway.model import Pathway
from wizard.record import Record
from wizard.workbench.naming import Kind, Named, names_in

Said = tuple[str, ...]


class Renaming(Record):
    """An id of a kind, and the one that stands in its place.

    `kind` is option, factor, value, member, claim or case; `of` the factor of a value or member.
    """

    kind: str
    old: str
    new: str
    of: str = ""

    @property
    def said(self) -> str:
        """What was renamed, as the command line has it."""
        return f"{self.kind} {self.of}.{self.old}" if self.of else f"{self.kind} {self.old}"


def texts_of(folder: Path) -> dict[str, str]:
    """The text of each YAML file of a pathway, its cases too, by relative path.  Raises OSError."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8-sig")
        for path in sorted(folder.rglob("*.yaml"))
        if not path.name.startswith(".")
    }


def renamed(files: Mapping[str, str], asked: Renaming, *, kept: bool = True) -> dict[str, str]:
    """The files by their relative paths with another id in every place.

    Where `kept`, the old id is written down under `was`.
    """
    if asked.kind == "claim":
        found = {name: _with_claim(text, asked) for name, text in files.items()}
    elif asked.kind == "case":
        word = re.compile(rf"(?<![\w/])cases/{re.escape(asked.old)}\.yaml(?!\w)")
        found = {name: word.sub(f"cases/{asked.new}.yaml", text) for name, text in files.items()}
    else:
        nodes = {
            name: read_yaml(text, name, empty_values=name.startswith("cases/"))
            for name, text in files.items()
        }
        found = _with_edits(files, list(names_in(nodes)), asked)
    folder = {"option": "options", "case": "cases"}.get(asked.kind)
    if folder is not None and (text := found.pop(f"{folder}/{asked.old}.yaml", None)) is not None:
        found[f"{folder}/{asked.new}.yaml"] = text
    return _kept(found, asked) if kept and asked.kind != "case" else found


def _with_claim(text: str, asked: Renaming) -> str:
    """A text with another id of a claim, also in what a reader is told and in comments."""
    word = re.compile(rf"(?<![\w-]){re.escape(asked.old)}(?![\w-])")
    old, new = (caution_id("", name) for name in (asked.old, asked.new))
    return re.sub(rf"{re.escape(old)}(?!\w)", new, word.sub(asked.new, text))


def _with_edits(
    files: Mapping[str, str], named: Iterable[Named], asked: Renaming
) -> dict[str, str]:
    new_name = _new_names(list(named), asked)
    edits: dict[str, list[tuple[int, str, str]]] = {}
    for one in named:
        name = new_name(one)
        if name != one.name:
            at = _index(files[one.where.file], one.where.line, one.where.column)
            edits.setdefault(one.where.file, []).append((at, one.name, name))
    found = dict(files)
    for file, own in edits.items():
        text = files[file]
        for at, old, name in sorted(own, reverse=True):
            text = f"{text[:at]}{name}{text[at + len(old) :]}"
        found[file] = text
    if asked.kind == "option":
        old, new = f"options/{asked.old}.yaml", f"options/{asked.new}.yaml"
        root = found["pathway.yaml"]
        found["pathway.yaml"] = re.sub(rf"(?<![\w/]){re.escape(old)}(?!\w)", new, root)
    return found


def _new_names(named: list[Named], asked: Renaming) -> Callable[[Named], str]:
    """What each name is called afterwards."""
    cautioned = {
        one.where.file.removeprefix("options/").removesuffix(".yaml")
        for one in named
        if one.where.file.startswith("options/")
        and (one.kind, one.of, one.name) == (Kind.VALUE, asked.of, asked.old)
    }

    def new_name(one: Named) -> str:
        if one.kind is Kind.ALERT and asked.kind == "factor":
            return (
                answer_alert_id(asked.new) if one.name == answer_alert_id(asked.old) else one.name
            )
        if one.kind is Kind.ALERT:
            if asked.kind == "option" and one.name.startswith(caution_id(asked.old, "")):
                return caution_id(asked.new, "") + one.name.removeprefix(caution_id(asked.old, ""))
            of = (option for option in cautioned if one.name == caution_id(option, asked.old))
            return next((caution_id(option, asked.new) for option in of), one.name)
        kind = Kind.VALUE if asked.of else asked.kind
        same = (one.kind, one.of, one.name) == (kind, asked.of, asked.old)
        return asked.new if same else one.name

    return new_name


def _index(text: str, line: int, column: int) -> int:
    """Where a position of a file, counted from 1, is in its text."""
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1


# --- what it was -----------------------------------------------------------------------------


def _kept(files: dict[str, str], asked: Renaming) -> dict[str, str]:
    """The files with the old id under `was` of what has the new one."""
    file, path = _place(asked)
    text = files[file]
    span = spans(text)
    for key in path:
        span = span.parts[key][1]
    return {**files, file: _with_was(text, span, asked)}


def _place(asked: Renaming) -> tuple[str, tuple[str, ...]]:
    """The file that defines something, and the keys that lead to it."""
    match asked.kind:
        case "option":
            return f"options/{asked.new}.yaml", ()
        case "factor":
            return "factors.yaml", (asked.new,)
        case "claim":
            return f"claims/{asked.old.rpartition('-')[0]}.yaml", ("claims", asked.new)
        case kind:
            return "factors.yaml", (asked.of, f"{kind}s", asked.new)


def _with_was(text: str, span: Span, asked: Renaming) -> str:
    if "was" in span.parts:
        was = span.parts["was"][1]
        kept = [name for name in was.parts if name != asked.new]
        return f"{text[: was.start]}[{', '.join([*kept, asked.old])}]{text[was.end :]}"
    if span.flow:
        at = span.start + 1
        return f"{text[:at]}was: [{asked.old}], {text[at:].lstrip()}"
    # The option's own id stays first in its file.
    at = span.start if "option" not in span.parts else _behind(text, span.parts["option"][1].end)
    indent = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    line = f"was: [{asked.old}]\n"
    return f"{text[:at]}{line}{indent if at == span.start else ''}{text[at:]}"


def _behind(text: str, at: int) -> int:
    return text.index("\n", at) + 1


# --- comparing with what had other ids -------------------------------------------------------


@contextmanager
def following(folder: Path, old: Pathway, new: Pathway) -> Iterator[tuple[Path, Pathway, Said]]:
    """The old version with the ids that the new one has, and what was renamed between them.

    `folder` has the old version's files; where nothing was renamed, they are taken as they are.
    Raises PathwayErrors, OSError.
    """
    found = list(_renamings(old, new))
    if not found:
        yield folder, old, ()
        return
    files = texts_of(folder)
    for each in found:
        files = renamed(files, each, kept=False)
    with TemporaryDirectory(prefix="mdt-wizard-") as place:
        target = Path(place)
        for name, text in files.items():
            (target / name).parent.mkdir(exist_ok=True)
            (target / name).write_text(text, "utf-8")
        said = tuple(f"{each.said} is now {each.new}" for each in found)
        yield target, read_pathway(target, shipped=old.shipped), said


def _renamings(old: Pathway, new: Pathway) -> Iterator[Renaming]:
    """What the new version calls otherwise and the old one has; factors before their values."""
    names = {
        "factor": old.factors,
        "option": old.options,
        "claim": old.claims,
    }
    for kind, known in names.items():
        for before, now in _of_kind(new, kind):
            if before in known and now not in known:
                yield Renaming(kind, before, now)
    factors = dict(_of_kind(new, "factor"))
    for before, now in _of_kind(new, "value"):
        of, _, value = before.partition(".")
        earlier = next((name for name, after in factors.items() if after == of), of)
        factor = old.factors.get(earlier) or old.factors.get(of)
        if factor is not None and value in named_values(factor) and now not in named_values(factor):
            yield Renaming("value", value, now, of)


def _of_kind(new: Pathway, kind: str) -> Iterator[tuple[str, str]]:
    for key, now in new.former.items():
        found, _, before = key.partition(" ")
        if found == kind:
            yield before, now
