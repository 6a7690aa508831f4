"""One slip behind many mistakes, such as an id that was changed where it is defined alone.

Every place that still has the old id would be told as a mistake, although none is at fault.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from wizard.pathway.codes import Code
from wizard.pathway.format.events import read_yaml
from wizard.pathway.nodes import Entries, Node, Text, child
from wizard.pathway.position import Position
from wizard.pathway.problems import FileErrors, Problem, nearest
from wizard.record import NOTHING, Record, replace
from wizard.workbench.naming import Kind, Named, names_in

_UNUSED: Final = "unused "
_ANSWERS: Final = {"values": "value", "members": "member", "groups": "group"}
_RENAMED: Final = frozenset({"option", "factor", "value", "member", "claim"})
"""Kinds of which an id can be changed by the command `rename`."""


class _Spare(Record):
    """An id that nothing names but the file that defines it."""

    kind: str
    id: str
    position: Position


def with_causes(
    problems: Sequence[Problem], folder: Path, drafts: Mapping[str, bytes | Entries] = NOTHING
) -> list[Problem]:
    """The problems, with the place of each slip that shows in several others.

    What a missing id was changed to leads the places that name it still.  `drafts` are what stands
    in place of files.
    """
    found = list(_of_unclear_factors(problems))
    by_cause: dict[str, list[Problem]] = {}
    for problem in found:
        by_cause.setdefault(problem.cause, []).append(problem)
    several = [
        cause
        for cause, places in by_cause.items()
        if len(places) > 1 and cause.partition(" ")[0] in tuple(Kind)
    ]
    definitions = _Definitions.of(folder, drafts) if several else None
    for cause, places in by_cause.items():
        if not cause or cause.startswith(_UNUSED):
            continue
        spare = list(_unused_like(cause, by_cause))
        if definitions is not None and cause in several:
            spare += definitions.spare(cause, [each.position.file for each in places])
        new = _meant(cause, spare)
        if new is not None and (len(places) > 1 or cause.startswith("option ")):
            found = [*_following(cause, found), _renamed(cause, new)]
        if new is not None:
            absorbed = {f"{_UNUSED}{_kind_of(cause)} {new.id}", f"file options/{new.id}.yaml"}
            found = [
                replace(each, cause=cause) if each.cause in absorbed else each for each in found
            ]
    found += _changed_pathway(by_cause, folder)
    return list(_used_nowhere(_with_alerts(found)))


def _following(cause: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems; those of the cause lead no more, and a claim was not taken out."""
    for problem in problems:
        if problem.cause != cause or not problem.leads:
            yield problem
        elif not cause.startswith("claim "):
            yield replace(problem, leads=False)


def _kind_of(cause: str) -> str:
    return cause.rpartition(" ")[0]


def _old_of(cause: str) -> str:
    return cause.rpartition(" ")[2].rpartition(".")[2]


def _meant(cause: str, spare: Iterable[_Spare]) -> _Spare | None:
    """What an id may be called now: the one that is left over, or of several the nearest."""
    named = {each.id: each for each in spare}
    if len(named) == 1:
        return next(iter(named.values()))
    near = nearest(_old_of(cause), named)
    return None if near is None else named[near]


def _renamed(cause: str, new: _Spare) -> Problem:
    """What is told where an id was changed."""
    old, of = _old_of(cause), cause.rpartition(" ")[2].rpartition(".")[0]
    named = f'the {new.kind} "{new.id}"' + (f' of "{of}"' if of else "")
    dotted = f"{of}." if of else ""
    again = f'write "{old}" here again'
    run = f"{again} and run: mdt-wizard rename {new.kind} {dotted}{old} {new.id}"
    return Problem(
        Code.CHANGED_ID,
        new.position,
        f'nothing names {named}, and others name "{old}", which there is not',
        f"if that is its new id, {run}"
        if new.kind in _RENAMED
        else f"if that is its new id, {again} or change it in each place",
        cause=cause,
        leads=True,
    )


def _unused_like(cause: str, by_cause: Mapping[str, list[Problem]]) -> Iterator[_Spare]:
    """What was told to be used nowhere and is of the kind of a missing id."""
    kind, old = _kind_of(cause), _old_of(cause)
    prefix = f"{_UNUSED}{kind} "
    for other, (problem, *_) in by_cause.items():
        name = other.removeprefix(prefix)
        of_source = kind != "claim" or name.partition("-")[0] == old.upper().partition("-")[0]
        if other.startswith(prefix) and of_source:
            yield _Spare(kind, name, problem.position)
    if kind == "option":
        for other, (problem, *_) in by_cause.items():
            if other.startswith("file options/"):
                name = other.removeprefix("file options/").removesuffix(".yaml")
                yield _Spare(kind, name, problem.position)


def _changed_pathway(by_cause: Mapping[str, list[Problem]], folder: Path) -> Iterator[Problem]:
    """The id of the pathway, where several cases have another one."""
    for cause, places in by_cause.items():
        if cause.startswith("pathway ") and len(places) > 1:
            with suppress(FileErrors):
                root = read_yaml(folder / "pathway.yaml", "pathway.yaml")
                new = child(root, "pathway")
                if isinstance(new, Text):
                    old = cause.removeprefix("pathway ")
                    yield Problem(
                        Code.CHANGED_ID,
                        new.position,
                        f'the pathway has the id "{new}", and cases are for {old}',
                        f"write {old} here again, or change it in each place",
                        cause=cause,
                        leads=True,
                    )


def _used_nowhere(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems; what is used nowhere is told once for each kind."""
    for problem in problems:
        unused = problem.cause.startswith(_UNUSED)
        yield replace(problem, cause=_kind_of(problem.cause)) if unused else problem


def _of_unclear_factors(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems; an answer of a case is wrong where its factor lacks what its type needs."""
    every = tuple(problems)
    unclear = {each.cause for each in every if each.cause.startswith("keys of ")}
    for problem in every:
        kind, _, dotted = problem.cause.partition(" ")
        of = f"keys of {dotted.partition('.')[0]}"
        answers = kind in ("value", "answer", "bounds") and of in unclear
        yield replace(problem, cause=of) if answers else problem


def _with_alerts(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems; the alert of a caution is missing for its option or its answer."""
    missing = {each.cause for each in problems}
    answers = {_old_of(each): each for each in missing if each.startswith("value ")}
    answers |= {
        each.near: each.cause for each in problems if each.near and each.cause in answers.values()
    }
    for problem in problems:
        alert = problem.cause.removeprefix("alert ")
        option, caution, answer = alert.partition("_caution.")
        cause = f"option {option}" if f"option {option}" in missing else answers.get(answer)
        of_caution = alert != problem.cause and caution and cause is not None
        yield replace(problem, cause=cause or "") if of_caution else problem


class _Definitions(Record):
    """The ids that the files of a folder define, and where they are named."""

    defined: tuple[tuple[str, str, _Spare], ...]
    named: tuple[Named, ...]

    @classmethod
    def of(cls, folder: Path, drafts: Mapping[str, bytes | Entries]) -> "_Definitions":
        """Those of all files that can be read."""
        files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.yaml")}
        nodes: dict[str, Node] = {}
        for name, source in sorted({**files, **drafts}.items()):
            if isinstance(source, Entries):
                nodes[name] = source
                continue
            with suppress(FileErrors):
                nodes[name] = read_yaml(source, name, empty_values=name.startswith("cases/"))
        return cls(tuple(_defined(nodes)), tuple(names_in(nodes)))

    def spare(self, cause: str, files: Iterable[str]) -> Iterator[_Spare]:
        """What nothing names in the cases, or in the other files, where an id is missing.

        `files` are those that name the missing id.
        """
        kind, _, dotted = cause.partition(" ")
        of = dotted.rpartition(".")[0]
        asked = {_is_case(file) for file in files}
        homes = {each.position for _, _, each in self.defined}
        used = {
            one.name
            for one in self.named
            if (one.kind, one.of) == (Kind(kind), of)
            and _is_case(one.where.file) in asked
            and one.where not in homes
            and one.where.file not in ("pathway.yaml", f"options/{one.name}.yaml")
        }
        for own, its_factor, each in self.defined:
            if (own, its_factor) == (kind, of) and each.id not in used:
                yield each


def _is_case(file: str) -> bool:
    return file.startswith("cases/")


def _defined(files: Mapping[str, Node]) -> Iterator[tuple[str, str, _Spare]]:
    """What is defined: its kind and factor as a cause has them, and where."""
    for option in _keys(child(files.get("pathway.yaml"), "options")):
        yield "option", "", _Spare("option", str(option), option.position)
    for alert in _keys(files.get("alerts.yaml")):
        yield "alert", "", _Spare("alert", str(alert), alert.position)
    factors = files.get("factors.yaml")
    for factor in _keys(factors):
        yield "factor", "", _Spare("factor", str(factor), factor.position)
        for part, kind in _ANSWERS.items():
            for value in _keys(child(child(factors, factor), part)):
                yield "value", str(factor), _Spare(kind, str(value), value.position)


def _keys(node: Node | None) -> tuple[Text, ...]:
    return tuple(node) if isinstance(node, Entries) else ()
