"""What may be typed at a place: ids, words and keys, each with what it means."""

import re
from collections.abc import Iterator
from typing import Final

from wizard.editor.places import Place, lines_of
from wizard.editor.schema_walk import keys_there, words_there
from wizard.editor.structure import Spot, node_at, spots
from wizard.editor.view import View
from wizard.pathway.format.events import read_leniently
from wizard.pathway.nodes import Entries, Node
from wizard.pathway.position import Position
from wizard.record import Record

_BEFORE: Final = re.compile(r"[\w./-]*$")
_AFTER: Final = re.compile(r"[\w./-]*")
_ALONE: Final = re.compile(r"\s*(?:- +)*$")
"""What stands before a word that may become a key."""
_HERE: Final = "typed_at_this_place"
_CLOSING: Final = {"[": "]", "{": "}"}
_TESTS: Final = "tests"


class Offer(Record):
    """What may be typed in place of a word, and what it means; a key is followed by a colon."""

    word: str
    means: str
    is_key: bool


class Offers(Record):
    """Where the word stands that is being typed, and what it may become."""

    place: Place
    offers: tuple[Offer, ...]


def offers_at(view: View, text: str, position: Position) -> Offers:
    """What may be typed at a position of a file with this text."""
    lines = lines_of(text)
    number = min(position.line, len(lines)) - 1
    line, at = lines[number], position.column - 1
    before = _BEFORE.search(line[:at])
    after = _AFTER.match(line[at:])
    start = at - len(before[0] if before else "")
    end = at + len(after[0] if after else "")
    place = Place(position.file, number + 1, start + 1, end - start)
    schema = view.schema_of(position.file)
    # The rest of the line is a value where the word is a key already.
    known_key = line[end:].lstrip().startswith(":")
    for typed in _texts(lines, number, start, end, known_key=known_key):
        root = read_leniently(typed, position.file)
        spot = None if root is None else _typed(root)
        if root is None or spot is None or schema is None:
            continue
        found = list(
            _offers(view, position.file, root, spot, alone=bool(_ALONE.match(line[:start])))
        )
        return Offers(place, tuple(_once(found, known_key=known_key)))
    return Offers(place, ())


def _texts(
    lines: list[str], number: int, start: int, end: int, *, known_key: bool
) -> Iterator[str]:
    """The text with a mark in place of the word, in ways that YAML may read.

    What is typed is seldom whole: the word may be a key without its value, and what follows may
    not be readable at all.
    """
    line = lines[number]
    marks = (_HERE,) if known_key else (_HERE, f"{_HERE}: {_HERE}")
    for rest, tail in ((line[end:], lines[number + 1 :]), (_closed(line[:start]), [])):
        for mark in marks:
            yield "\n".join((*lines[:number], f"{line[:start]}{mark}{rest}", *tail))


def _closed(line: str) -> str:
    """What closes the brackets and braces that a line leaves open."""
    still: list[str] = []
    for letter in line:
        if letter in _CLOSING:
            still.append(_CLOSING[letter])
        elif still and letter == still[-1]:
            still.pop()
    return "".join(reversed(still))


def _typed(root: Node) -> Spot | None:
    return next((spot for spot in spots(root) if _HERE in spot.text), None)


def _offers(view: View, file: str, root: Node, spot: Spot, *, alone: bool) -> Iterator[Offer]:
    """What may stand at a spot: a key, or a word; alone on its line a word may become a key."""
    schema = view.schema_of(file)
    if schema is None:
        return
    if not spot.is_key:
        for word, means in words_there(schema, root, spot.path).items():
            yield Offer(word, means, is_key=False)
        if file == "hazards.yaml" and _TESTS in spot.path:
            for name in sorted(view.texts):
                if name.startswith("cases/") and name not in view.guests:
                    yield Offer(name, "", is_key=False)
    if spot.is_key or alone:
        path = spot.path[:-1] if spot.is_key else spot.path
        there = node_at(root, path)
        present = {str(key) for key in there} if isinstance(there, Entries) else set()
        for key, means in keys_there(schema, root, path).items():
            if key not in present:
                yield Offer(key, means, is_key=True)


def _once(found: list[Offer], *, known_key: bool) -> Iterator[Offer]:
    """Each word once; one that is a key already has its colon."""
    for offer in dict.fromkeys(found):
        yield Offer(offer.word, offer.means, is_key=offer.is_key and not known_key)
