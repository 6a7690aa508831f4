"""Checks the files of one folder again and again, each time reading only what has changed."""

from collections.abc import Mapping
from pathlib import Path

from wizard.case.files import Case
from wizard.pathway.format.content import decode, read_bytes
from wizard.pathway.format.events import read_yaml
from wizard.pathway.format.folder import (
    Snapshot,
    is_file_of_a_pathway,
    take_snapshot,
    with_drafts,
)
from wizard.pathway.format.reading import Reading, read_what_can_be
from wizard.pathway.load import is_shipped
from wizard.pathway.model import Pathway
from wizard.pathway.nodes import Entries, Node
from wizard.pathway.problems import FileErrors, PathwayErrors, Problem
from wizard.record import NOTHING, Record, replace
from wizard.workbench.checking import findings, with_cases
from wizard.workbench.findings import Finding

_CASES = "cases/"


class Looked(Record):
    """A folder at one moment: its texts, what they hold, the pathway, and what is wrong.

    `nodes` lack the files that are not YAML; `pathway` is None where its questions are not known.
    `snapshot` has the files without the cases; None where there is no folder.
    """

    folder: Path
    snapshot: Snapshot | None
    texts: Mapping[str, str]
    nodes: Mapping[str, Node]
    pathway: Pathway | None
    cases: Mapping[str, Case]
    problems: tuple[Problem, ...]
    notes: tuple[Finding, ...]


class Rereader:
    """Reads a folder whose files somebody is editing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, tuple[bytes, str, Node | None]] = {}
        self._read: tuple[Snapshot, Reading] | None = None

    def look(self, drafts: Mapping[str, str] = NOTHING) -> Looked:
        """What the folder holds, with drafts in place of some files by their relative paths."""
        typed = {
            name: text.encode("utf-8", "surrogatepass")
            for name, text in drafts.items()
            if is_file_of_a_pathway(name)
        }
        try:
            snapshot = with_drafts(take_snapshot(self.folder), typed)
        except PathwayErrors as errors:
            return Looked(self.folder, None, {}, {}, None, {}, errors.problems, ())
        cases = {**_cases(self.folder), **_of_cases(typed)}
        contents = {**snapshot.contents, **cases}
        self._take(contents)
        nodes = {name: root for name, (_, _, root) in self._files.items() if root is not None}
        snapshot = replace(snapshot, nodes=nodes)
        reading = self._reading(snapshot)
        held = {name: _entries(nodes.get(name), data) for name, data in contents.items()}
        read = (reading.pathway, reading.unread, reading.problems)
        cases_read, problems = with_cases(self.folder, *read, held)
        pathway = reading.pathway
        found = () if problems or not pathway else findings(pathway, cases_read, self.folder, held)
        notes = tuple(sorted(found, key=lambda one: one.position))
        return Looked(
            folder=self.folder,
            snapshot=snapshot,
            texts={name: text for name, (_, text, _) in self._files.items()},
            nodes=nodes,
            pathway=pathway,
            cases=cases_read,
            problems=problems,
            notes=notes,
        )

    def _take(self, contents: Mapping[str, bytes]) -> None:
        """Read the files that have changed."""
        before = self._files
        self._files = {
            name: before[name] if name in before and before[name][0] == data else _read(name, data)
            for name, data in contents.items()
        }

    def _reading(self, snapshot: Snapshot) -> Reading:
        """The reading of the files beside the cases; an overlay's base may change at any time."""
        if self._read is not None and not snapshot.overlay:
            before, reading = self._read
            same = (before.contents, before.problems) == (snapshot.contents, snapshot.problems)
            if same:
                return reading
        reading = read_what_can_be(snapshot, shipped=is_shipped(self.folder))
        self._read = snapshot, reading
        return reading


def _read(name: str, data: bytes) -> tuple[bytes, str, Node | None]:
    """A file's bytes, its text ("" where it is not UTF-8), and what it holds."""
    text = ""
    try:
        text = decode(data, name)
        return data, text, read_yaml(data, name, empty_values=name.startswith(_CASES))
    except FileErrors:
        return data, text, None


def _cases(folder: Path) -> dict[str, bytes]:
    """The bytes of the cases; what cannot be read is left for the reader to tell."""
    found = {}
    for path in folder.glob(f"{_CASES}*.yaml"):
        name = f"{_CASES}{path.name}"
        try:
            found[name] = read_bytes(path, name)
        except FileErrors:
            continue
    return found


def _of_cases(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.startswith(_CASES)}


def _entries(root: Node | None, data: bytes) -> bytes | Entries:
    return root if isinstance(root, Entries) else data
