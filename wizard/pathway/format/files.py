"""The files of a snapshot as the records that they hold, each file on its own."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, get_type_hints

from wizard.pathway.fields import HazardId, Id, SourceId, Table
from wizard.pathway.format.events import read_yaml
from wizard.pathway.format.folder import SINGLE_FILES, Snapshot
from wizard.pathway.format.schema import (
    RawAddition,
    RawClaims,
    RawFactor,
    RawOption,
    RawOverlay,
    RawPathway,
    RawShared,
)
from wizard.pathway.format.validating import validate
from wizard.pathway.model import Alert
from wizard.pathway.problems import FileErrors, Problems
from wizard.pathway.sources import Hazard, Source, Term
from wizard.record import Record, fields_of


class RawFiles(Record):
    """What each file says; None where a file is missing or broken.

    `claims` and `options` map the name of a file, without folder and ending, to its content.
    """

    __slots__ = ("__dict__",)

    pathway: RawPathway | None
    factors: Table[Id, RawFactor] | None
    shared: Table[Id, RawShared] | None
    alerts: Table[Id, Alert] | None
    glossary: Table[Id, Term] | None
    sources: Table[SourceId, Source] | None
    hazards: Table[HazardId, Hazard] | None
    claims: Mapping[str, RawClaims | None]
    options: Mapping[str, RawOption | None]

    @property
    def whole(self) -> bool:
        """Whether every file could be read, so that what nobody names can be told."""
        if self.pathway is None or self.sources is None:
            return False
        parts = (getattr(self, name) for name in fields_of(type(self)))
        return (
            all(part is not None for part in parts)
            and all(
                self.options.get(key) is not None for key in (*self.options, *self.pathway.options)
            )
            and all(self.claims.get(key) is not None for key in (*self.claims, *self.sources))
        )

    @cached_property
    def records(self) -> tuple[object, ...]:
        """Every record of every file."""
        return tuple(
            found for name in fields_of(type(self)) for found in records(getattr(self, name))
        )


class RawAdditions(Record):
    """What each file of an overlay says; None where a file is missing or broken."""

    pathway: RawOverlay | None
    factors: Table[Id, RawFactor] | None
    shared: Table[Id, RawShared] | None
    alerts: Table[Id, Alert] | None
    glossary: Table[Id, Term] | None
    sources: Table[SourceId, Source] | None
    hazards: Table[HazardId, Hazard] | None
    claims: Mapping[str, RawClaims | None]
    options: Mapping[str, RawOption | RawAddition | None]


def parse_files(snapshot: Snapshot, problems: Problems, under: str = "") -> RawFiles:
    """What each file of the snapshot holds; what is wrong is added to `problems`.

    `under` is put before the names of files where something is told of them.
    """
    return RawFiles(**_parsed(RawFiles, snapshot, problems, under))


def parse_additions(
    snapshot: Snapshot, problems: Problems, present: Collection[str]
) -> RawAdditions:
    """What each file of an overlay holds, whose base has the options that are present."""
    return RawAdditions(**_parsed(RawAdditions, snapshot, problems, "", present))


def _parsed(
    shape_of_all: type,
    snapshot: Snapshot,
    problems: Problems,
    under: str,
    present: Collection[str] = (),
) -> dict[str, Any]:
    broken = {problem.position.file for problem in snapshot.problems}
    shapes = get_type_hints(shape_of_all, include_extras=True)

    def one(name: str, shape: Any) -> Any:
        if name not in snapshot.contents:
            return None
        try:
            root = snapshot.nodes.get(name)
            if root is None:
                root = read_yaml(snapshot.contents[name], f"{under}{name}")
            return validate(root, shape)
        except FileErrors as errors:
            problems.extend(errors.problems)
            return None

    def several(folder: str, shape: Callable[[str], Any]) -> dict[str, Any]:
        paths = [PurePosixPath(name) for name in sorted({*broken, *snapshot.contents})]
        return {
            path.stem: one(path.as_posix(), shape(path.stem))
            for path in paths
            if path.parent.as_posix() == folder and path.suffix == ".yaml"
        }

    singles = [name.removesuffix(".yaml") for name in SINGLE_FILES]
    return {
        **{name: one(f"{name}.yaml", shapes[name]) for name in singles},
        "claims": several("claims", lambda _: RawClaims),
        "options": several("options", lambda name: RawAddition if name in present else RawOption),
    }


def records(part: object) -> Iterator[object]:
    """Every record inside a part of the files, itself included."""
    if isinstance(part, Record):
        yield part
        for name in fields_of(type(part)):
            yield from records(getattr(part, name))
    elif type(part) is dict:
        for value in part.values():
            yield from records(value)
    elif type(part) is tuple:
        for value in part:
            yield from records(value)
