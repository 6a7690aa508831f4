"""Where the files of a pathway say what something is, and where they name it."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from wizard.editor.places import Place, word_at, words_of
from wizard.pathway.format.former import answer_alert_id, caution_id
from wizard.pathway.nodes import Entries, Items, Node, Text, child
from wizard.pathway.position import Position
from wizard.record import NOTHING, Record
from wizard.workbench.naming import Kind, Named, names_in

_ID: Final = re.compile(r"[A-Z]{1,5}-?[0-9]+")
"""A claim or an assumption, which nothing else looks like: it counts in comments and texts too."""
_LETTERS: Final = re.compile(r"[\w-]+")


class Thing(Record):
    """Something with an id: its kind, the factor or option that it is of, and the id."""

    kind: Kind
    of: str
    name: str


class Found(Record):
    """A thing that is named at a place."""

    thing: Thing
    place: Place


class Index:
    """Every name in some files, by file and by what is named.

    `base` are the files of the pathway to which these add.
    """

    def __init__(self, nodes: Mapping[str, Node], base: Mapping[str, Node] = NOTHING) -> None:
        self._nodes = nodes
        self._options = {**base, **nodes}
        self._by_file: dict[str, list[Named]] = {}
        self._by_thing: dict[Thing, list[Named]] = {}
        for named in (*names_in(nodes), *names_in(base)):
            self._by_file.setdefault(named.where.file, []).append(named)
            self._by_thing.setdefault(_thing(named), []).append(named)

    def at(self, text: str, position: Position) -> Found | None:
        """What is named at a position of a file with this text, if anything."""
        for named in self._by_file.get(position.file, ()):
            place = _place(named)
            # The file may be broken as it is typed, and its names those of a moment ago.
            if place.holds(position) and words_of(text, place) == named.name:
                return Found(_thing(named), place)
        return self._by_word(text, position)

    def _by_word(self, text: str, position: Position) -> Found | None:
        """The only thing that a word can mean, where the file does not say what it is."""
        place = _letters_at(text, position)
        word = words_of(text, place)
        if not _ID.fullmatch(word) and position.file in self._by_file:
            return None
        meant = [
            thing
            for thing, named in self._by_thing.items()
            if thing.name == word and any(one.defines for one in named)
        ]
        return Found(meant[0], place) if len(meant) == 1 else None

    def defined(self, thing: Thing) -> list[Place]:
        """Where it is said what a thing is."""
        if thing.kind is Kind.CASE:
            return [Place(thing.name, 1, 1, 0)] if thing.name in self._nodes else []
        found = [_place(one) for one in self._by_thing.get(thing, ()) if one.defines]
        if not found and thing.kind is Kind.ALERT:
            found = self._own_alert(thing)
        return found

    def named(self, thing: Thing) -> list[Place]:
        """Every other place where a thing is named."""
        return [_place(one) for one in self._by_thing.get(thing, ()) if not one.defines]

    def _own_alert(self, thing: Thing) -> list[Place]:
        """Where an alert stems from that no file defines: a caution, or an answer worked out."""
        factors = (each for each in self._by_thing if each.kind is Kind.FACTOR)
        for factor in factors:
            if answer_alert_id(factor.name) == thing.name:
                return self.defined(factor)
        option = thing.name.partition("_caution.")[0]
        cautions = child(self._options.get(f"options/{option}.yaml"), "cautions")
        return [
            Place(text.position.file, text.position.line, text.position.column, len(text))
            for text in _caution_names(cautions)
            if caution_id(option, text) == thing.name
        ]


def _caution_names(cautions: Node | None) -> Iterable[Text]:
    """What cautions are called by: an answer, or of one with a condition its first claim."""
    if isinstance(cautions, Entries):
        for answers in cautions.values():
            yield from answers if isinstance(answers, Entries) else ()
    for each in cautions if isinstance(cautions, Items) else ():
        claims = child(each, "claims")
        if isinstance(claims, Items) and claims and isinstance(claims[0], Text):
            yield claims[0]


def _thing(named: Named) -> Thing:
    return Thing(named.kind, named.of, named.name)


def _place(named: Named) -> Place:
    return Place(named.where.file, named.where.line, named.where.column, len(named.name))


def _letters_at(text: str, position: Position) -> Place:
    """The letters, digits and hyphens around a position."""
    line = text.split("\n")[position.line - 1 : position.line]
    at = position.column - 1
    for found in _LETTERS.finditer("".join(line)):
        if found.start() <= at <= found.end():
            return Place(position.file, position.line, found.start() + 1, len(found[0]))
    return word_at(text, position)
