"""Whether local copies of the documents still say what the claims say, and where they say it."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final

from wizard.pathway.model import Option, Pathway
from wizard.pathway.owned_rules import option_rules, uses
from wizard.pathway.position import Position
from wizard.pathway.sources import Claim, Source
from wizard.pathway.trees import Rule
from wizard.record import Record

_MOST_BYTES: Final = 64 * 1024 * 1024


class DocumentState(StrEnum):
    """A copy of a document beside the digest that the pathway has of it."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"


class AnchorState(StrEnum):
    """A claim's anchor: on the lines that the claim names, on others only, or nowhere."""

    FOUND = "found"
    MOVED = "moved"
    GONE = "gone"


class Anchor(Record):
    """Where a claim's anchor stands now; `lines` are from 1."""

    claim: Claim
    state: AnchorState
    lines: tuple[int, ...]


class Document(Record):
    """A document: the digest of its copy (None without a copy), its anchors, and what rests on it.

    `options` cite a claim of it; where the copy says the same as before but some anchors are off,
    only those that cite such a claim.  `alerts` likewise.
    """

    source: Source
    state: DocumentState
    digest: str | None
    anchors: tuple[Anchor, ...]
    options: tuple[str, ...]
    alerts: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether a person has to look at it."""
        unsettled = any(anchor.state is not AnchorState.FOUND for anchor in self.anchors)
        return self.state is not DocumentState.SAME or unsettled


class Copied(Record):
    """Words that a text of the pathway shares with a document; `position` is that of the text."""

    position: Position
    source: str
    words: str


def documents(pathway: Pathway, folder: Path) -> tuple[Document, ...]:
    """Every document of a pathway beside its copy in a folder.  Raises OSError."""
    return tuple(_document(pathway, source, folder) for source in pathway.sources.values())


def read_copy(source: Source, folder: Path) -> bytes | None:
    """The copy of a document in a folder, or None. Raises OSError."""
    path = folder / Path(source.file).name
    if not path.is_file():
        return None
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise OSError(f"{path} is larger than {_MOST_BYTES} bytes")
    return data


def _document(pathway: Pathway, source: Source, folder: Path) -> Document:
    claims = [claim for claim in pathway.claims.values() if claim.source == source.id]
    data = read_copy(source, folder)
    if data is None:
        touched = {claim.id for claim in claims}
        return Document(source, DocumentState.MISSING, None, (), *_touched(pathway, touched))
    digest = sha256(data).hexdigest()
    text = DocumentText(data.decode("utf-8-sig", "replace"))
    anchors = tuple(_anchor(claim, text) for claim in claims)
    same = digest == source.sha256
    off = {anchor.claim.id for anchor in anchors if anchor.state is not AnchorState.FOUND}
    touched = off if same else {claim.id for claim in claims}
    state = DocumentState.SAME if same else DocumentState.CHANGED
    return Document(source, state, digest, anchors, *_touched(pathway, touched))


# --- anchors ---------------------------------------------------------------------------------


class DocumentText:
    """A document as one run of plain letters, and the line that each of them is from.

    `raw` are its lines as they are written.
    """

    def __init__(self, text: str) -> None:
        self.raw = text.splitlines()
        self.starts: list[int] = []
        parts: list[str] = []
        length = 0
        for line in self.raw:
            self.starts.append(length)
            part = plain(line)
            parts.append(part)
            length += len(part) + 1
        self.letters = " ".join(parts)

    def lines(self, anchor: str) -> tuple[int, ...]:
        """The lines, from 1, on which the anchor begins."""
        wanted = plain(anchor)
        found: list[int] = []
        at = self.letters.find(wanted) if wanted else -1
        while at >= 0:
            found.append(bisect_right(self.starts, at))
            at = self.letters.find(wanted, at + 1)
        return tuple(dict.fromkeys(found))

    def times(self, words: str) -> int:
        """How often words stand in it."""
        return self.letters.count(plain(words))


_PLAIN: Final = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"}
)


def plain(text: str) -> str:
    """Text in one case and form, with single blanks and plain quotes and dashes."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_PLAIN).casefold().split())


def _anchor(claim: Claim, text: DocumentText) -> Anchor:
    lines = text.lines(claim.anchor)
    if any(first <= line <= last for line in lines for first, last in stated(claim.lines)):
        return Anchor(claim, AnchorState.FOUND, lines)
    return Anchor(claim, AnchorState.MOVED if lines else AnchorState.GONE, lines)


def stated(lines: str) -> Iterator[tuple[int, int]]:
    """The ranges of lines that a claim names: `4,6` or `58-65`."""
    for part in lines.split(","):
        first, _, last = part.strip().partition("-")
        if first.strip().isdecimal() and (not last or last.strip().isdecimal()):
            yield int(first), int(last or first)


# --- what rests on a document ----------------------------------------------------------------


def _touched(pathway: Pathway, claims: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The options and the alerts that cite any of these claims."""
    options = tuple(
        option.id
        for option in pathway.options.values()
        if claims.intersection(cited(pathway, option))
    )
    alerts = tuple(
        alert.id for alert in pathway.alerts.values() if claims.intersection(alert.every_claim)
    )
    return options, alerts


def cited(pathway: Pathway, option: Option) -> Iterator[str]:
    """The claims of an option and of the shared trees that its rules go on with."""
    yield from option.claims
    for owned in option_rules(option):
        yield from _of_shared(pathway, owned.rule)


def _of_shared(pathway: Pathway, rule: Rule) -> Iterator[str]:
    for name in uses(rule):
        shared = pathway.shared[name]
        yield from shared.claims
        yield from _of_shared(pathway, shared.rule)
