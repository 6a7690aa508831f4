"""A folder as it is at one moment, and what an editor asks of it, worked out when first asked."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from wizard.editor.names import Index
from wizard.pathway.format.events import read_yaml
from wizard.pathway.format.overlay import base_of
from wizard.pathway.model import Pathway
from wizard.pathway.nodes import Node
from wizard.pathway.problems import FileErrors, Problems
from wizard.record import Record
from wizard.workbench.record_schema import Schema
from wizard.workbench.rereading import Looked
from wizard.workbench.schemas import schemas_of


class Base(Record):
    """The texts of files by their whole paths, and what they hold by their names."""

    texts: Mapping[str, str]
    nodes: Mapping[str, Node]


class View:
    """What was looked at, together with the cases from elsewhere that its pathway reads.

    While something cannot be read as it is typed, what it said `before` stands in for it.
    """

    def __init__(
        self, looked: Looked, guests: Mapping[str, str], before: "View | None" = None
    ) -> None:
        self.looked = looked
        self.guests = guests
        self.texts: Mapping[str, str] = {**looked.texts, **guests}
        old = {} if before is None else before.nodes
        known = {name: node for name, node in old.items() if name in self.texts}
        read = {name: _nodes(name, text) for name, text in guests.items()}
        own = {name: node for name, node in read.items() if node is not None}
        self.nodes: Mapping[str, Node] = {**known, **looked.nodes, **own}
        self.pathway: Pathway | None = looked.pathway or (before.pathway if before else None)
        self._before = before if before is not None and before.extends == self.extends else None

    @property
    def folder(self) -> Path:
        """The folder that was looked at."""
        return self.looked.folder

    @property
    def extends(self) -> bytes:
        """The file that says to what the folder only adds; empty where it stands alone."""
        snapshot = self.looked.snapshot
        alone = snapshot is None or not snapshot.overlay
        return b"" if snapshot is None or alone else snapshot.contents["pathway.yaml"]

    @cached_property
    def base(self) -> Base:
        """The files of the pathway to which an overlay adds, by their whole paths."""
        before, self._before = self._before, None
        if before is not None:
            return before.base
        snapshot = self.looked.snapshot
        base = base_of(snapshot, Problems()) if snapshot is not None and self.extends else None
        if base is None:
            return Base({}, {})
        paths = {name: (base.folder.resolve() / name).as_posix() for name in base.contents}
        texts = {paths[name]: data.decode("utf-8-sig") for name, data in base.contents.items()}
        nodes = {name: _nodes(path, texts[path]) for name, path in paths.items()}
        return Base(texts, {name: node for name, node in nodes.items() if node is not None})

    def text_of(self, name: str) -> str:
        """The text of a file; empty where there is none."""
        return self.texts.get(name) or self.base.texts.get(name, "")

    @cached_property
    def names(self) -> Index:
        """Every name in the files, and in those of the pathway to which they add."""
        return Index(self.nodes, self.base.nodes)

    @cached_property
    def schemas(self) -> Mapping[str, Schema]:
        """What may stand in each kind of file; nothing where the questions are not known."""
        if self.pathway is None or self.looked.snapshot is None:
            return {}
        return schemas_of(self.pathway, self.looked.snapshot)

    def schema_of(self, name: str) -> Schema | None:
        """The schema of a file."""
        kind = name.partition("/")[0].removesuffix(".yaml")
        return self.schemas.get(kind)


def _nodes(name: str, text: str) -> Node | None:
    try:
        return read_yaml(text, name, empty_values=True)
    except FileErrors:
        return None
