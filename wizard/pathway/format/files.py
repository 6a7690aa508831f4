"""The files of a snapshot as raw records, each file on its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import PurePosixPath

from wizard.pathway.format.events import read_yaml
from wizard.pathway.format.fields import HazardId, Id, SourceId
from wizard.pathway.format.folder import Snapshot
from wizard.pathway.format.schema import (
    Raw,
    RawAlert,
    RawClaims,
    RawFactor,
    RawHazard,
    RawOption,
    RawPathway,
    RawShared,
    RawSource,
    RawTerm,
    validate,
)
from wizard.pathway.nodes import Node, Text
from wizard.pathway.problems import FileErrors, Problem


@dataclass(frozen=True, slots=True)
class RawFiles:
    """What each file says; None where a file is missing or broken.

    `claims` and `options` map the name of a file, without folder and ending, to its content.
    """

    pathway: RawPathway | None
    factors: Mapping[Text, RawFactor] | None
    shared: Mapping[Text, RawShared] | None
    alerts: Mapping[Text, RawAlert] | None
    glossary: Mapping[Text, RawTerm] | None
    sources: Mapping[Text, RawSource] | None
    hazards: Mapping[Text, RawHazard] | None
    claims: Mapping[str, RawClaims | None]
    options: Mapping[str, RawOption | None]

    @property
    def whole(self) -> bool:
        """Whether every file could be read, so that what nobody names can be told."""
        if self.pathway is None or self.sources is None:
            return False
        parts = (getattr(self, part.name) for part in fields(self))
        return (
            all(part is not None for part in parts)
            and all(
                self.options.get(key) is not None for key in (*self.options, *self.pathway.options)
            )
            and all(self.claims.get(key) is not None for key in (*self.claims, *self.sources))
        )


def parse_files(snapshot: Snapshot, problems: list[Problem]) -> RawFiles:
    """Each file of the snapshot as raw records; what is wrong is added to `problems`."""
    nodes: dict[str, Node | None] = {problem.position.file: None for problem in snapshot.problems}
    for name, data in snapshot.contents.items():
        try:
            nodes[name] = read_yaml(data, name)
        except FileErrors as errors:
            nodes[name] = None
            problems.extend(errors.problems)

    def one(name: str, shape: type[Raw]) -> Raw | None:
        node = nodes.get(name)
        if node is None:
            return None
        found = validate(node, shape)
        if isinstance(found, tuple):
            problems.extend(found)
            return None
        return found

    def several(folder: str, shape: type[Raw]) -> dict[str, Raw | None]:
        found = {}
        for name in nodes:
            path = PurePosixPath(name)
            if path.parent.as_posix() == folder and path.suffix == ".yaml":
                found[path.stem] = one(name, shape)
        return found

    return RawFiles(
        pathway=one("pathway.yaml", RawPathway),
        factors=one("factors.yaml", dict[Id, RawFactor]),
        shared=one("shared.yaml", dict[Id, RawShared]),
        alerts=one("alerts.yaml", dict[Id, RawAlert]),
        glossary=one("glossary.yaml", dict[Id, RawTerm]),
        sources=one("sources.yaml", dict[SourceId, RawSource]),
        hazards=one("hazards.yaml", dict[HazardId, RawHazard]),
        claims=several("claims", RawClaims),
        options=several("options", RawOption),
    )


def records(part: object) -> Iterator[object]:
    """Every raw record inside a part of the files, itself included."""
    if is_dataclass(part):
        yield part
        for one in fields(part):
            yield from records(getattr(part, one.name))
    elif type(part) is dict:
        for value in part.values():
            yield from records(value)
    elif type(part) is list:
        for value in part:
            yield from records(value)
