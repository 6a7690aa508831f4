"""The tool's own report in JSON, read as the case that it reports."""

import re
from collections.abc import Iterator
from typing import Final

from wizard.pathway.nodes import Entries, Items, Node, Text, child

_SAME: Final = ("measures", "title", "answers", "record")
"""What a report has under the name that a case has for it."""

_PAIR: Final = re.compile(r"\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}")
"""A backslash that stands for itself, or a letter as two halves."""


def without_pairs(data: bytes) -> bytes:
    """JSON with each letter that it writes as two halves of UTF-16, which YAML lacks, as itself."""

    def letter(found: re.Match[str]) -> str:
        halves = found[0].replace("\\u", "")
        if halves.startswith("\\"):
            return found[0]
        return bytes.fromhex(halves).decode("utf-16-be").encode().decode("latin-1")

    return _PAIR.sub(letter, data.decode("latin-1")).encode("latin-1")


def as_case(root: Entries) -> Node:
    """The entries of a case in place of those of a report; what is missing stays so."""
    found = Entries(root.position)
    same = ((each, child(root, each)) for each in _SAME)
    for name, value in (*_made(child(root, "pathway")), *same):
        if value is not None:
            found.add(Text(name, value.position, plain=True), value)
    return found


def _made(pathway: Node | None) -> Iterator[tuple[str, Node | None]]:
    """The stamp of the pathway: with an overlay that of its base, and the overlay's own."""
    base = child(pathway, "extends")
    whole = pathway if not isinstance(base, Entries) else base
    yield "pathway", child(whole, "id")
    for each in ("version", "digest"):
        yield each, child(whole, each)
    if whole is base and isinstance(pathway, Entries):
        own = Entries(pathway.position)
        for each in ("id", "version", "digest"):
            if (value := child(pathway, each)) is not None:
                own.add(Text(each, value.position, plain=True), value)
        overlays = Items(pathway.position)
        overlays.append(own)
        yield "overlays", overlays
