"""YAML text to nodes that know their line and column, refusing what could mislead a reader.

Nodes are built from the event stream of PyYAML's C parser without recursion, so that no nesting
can exhaust the stack.  Every scalar is text: `yes`, `010` and `1:30` stay what they look like.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Protocol

import yaml

from wizard.pathway.codes import Code
from wizard.pathway.format.content import (
    MAX_BYTES,
    character_problem,
    decode,
    forbidden,
    forbidden_characters,
    read_bytes,
    too_large,
)
from wizard.pathway.format.text_slips import slip_in_text
from wizard.pathway.nodes import Entries, Items, Node, Text
from wizard.pathway.position import Position
from wizard.pathway.problems import FileErrors, Problems, quoted

MAX_DEPTH: Final = 64
_TOO_DEEP: Final = (f"nested deeper than {MAX_DEPTH} levels", "a flatter file")
_EMPTY: Final = ("the file is empty", "write what it holds, or {} where it may hold nothing")
MAX_TEXT: Final = 20_000
"""Characters of one text, far beyond what anybody reads on a screen."""

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NEW_TEXT: Final = str.__new__
_NEW_TUPLE: Final = tuple.__new__
_COMMENT: Final = r"([ \t]+)#(.?)"
_WORD: Final = r"[a-z0-9_.]+|[A-Z]{2,5}-[0-9]+"
"""Both are compiled where a file has comments: few cases do."""


class _Mark(Protocol):
    """A place as the C parser or the pure one gives it, both counted from 0."""

    line: int
    column: int


def read_yaml(source: Path | bytes | str, name: str, *, empty_values: bool = False) -> Node:
    """The one document of a file or a text, named `name` in messages.

    With `empty_values`, a key of a block mapping may stand without a value and is null.
    Raises FileErrors with everything that is wrong.
    """
    data = read_bytes(source, name) if isinstance(source, Path) else source
    text = decode(data, name) if isinstance(data, bytes) else data
    problems = forbidden_characters(text, name)
    if len(text) > MAX_BYTES:
        problems = [too_large(name)]
    if problems:
        raise FileErrors(problems)
    builder = _Builder(text.removeprefix("\ufeff"), name, empty_values=empty_values)
    root = builder.build()
    if builder.problems or root is None:
        raise FileErrors(builder.problems)
    return root


def read_leniently(text: str, name: str) -> Node | None:
    """What a text holds whatever is wrong with it; None where YAML cannot be read to its end."""
    # Half of a pair of UTF-16, as an editor may send it, is not text: a sign stands for it.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    builder = _Builder(whole.removeprefix("\ufeff"), name, empty_values=True)
    return builder.build()


class _Refused(Exception):  # noqa: N818 - ends one file's reading, is not an error of the program
    """Nothing after this place can be read."""


class _Builder:
    """Builds the nodes of one text; `problems` collects what is wrong on the way."""

    def __init__(self, text: str, name: str, *, empty_values: bool) -> None:
        self.problems = Problems()
        self._text = text
        self._lines = text.split("\n")
        self._with_escapes = "\\" in text
        self._with_comments = "#" in text
        self._name = name
        self._empty_values = empty_values
        self._open: list[Items | Entries] = []
        self._flow: list[bool] = []
        self._keys: list[Text | None] = []
        self._documents = 0
        self._cut = False
        self._ended: tuple[tuple[int, int], tuple[int, int]] | None = None
        self._root: Node | None = None

    def build(self) -> Node | None:
        try:
            self._take_events()
        except _Refused:
            return None
        if self._root is None and not self.problems:
            start = Position(self._name, 1, 1)
            self.problems.tell(Code.NO_VALUE, start, *_EMPTY)
        return self._root

    def _take_events(self) -> None:
        scalar = yaml.ScalarEvent
        takes: Mapping[type[yaml.Event], Callable[[Any], None]] = {
            yaml.AliasEvent: self._node,
            yaml.SequenceStartEvent: self._node,
            yaml.MappingStartEvent: self._node,
            yaml.SequenceEndEvent: self._end,
            yaml.MappingEndEvent: self._end,
            yaml.DocumentStartEvent: self._document,
        }
        try:
            parser = _LOADER(self._text)
            while (event := parser.get_event()) is not None:
                # Most events are texts: they take the shortest way.
                if type(event) is scalar:
                    self._scalar(event)
                elif (take := takes.get(type(event))) is not None:
                    take(event)
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
        except yaml.YAMLError as error:
            self._stop(Code.NOT_YAML, Position(self._name, 1, 1), f"this is not YAML: {error}", "")

    def _place(self, mark: _Mark | None) -> Position:
        line, column = (mark.line, mark.column) if mark is not None else (0, 0)
        return Position(self._name, line + 1, column + 1)

    def _stop(self, code: str, position: Position, what: str, expected: str) -> None:
        self.problems.tell(code, position, what, expected)
        raise _Refused

    def _refuse(self, event: yaml.Event, what: str, expected: str) -> None:
        self._stop(Code.REFUSED_YAML, self._place(event.start_mark), what, expected)

    def _report(self, event: yaml.Event, what: str, expected: str) -> None:
        place = self._place(event.start_mark)
        self.problems.tell(Code.REFUSED_YAML, place, what, expected)

    def _decorations(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._report(
                event,
                f'the alias "*{event.anchor}" is not allowed here',
                'write the value again, or put text that begins with "*" in quotes',
            )
            return
        if event.anchor is not None:
            self._report(
                event,
                f'the anchor "&{event.anchor}" is not allowed here',
                'write the value again where it is needed, or quote text that begins with "&"',
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            tag = tag.replace("tag:yaml.org,2002:", "!!")
            self._report(
                event,
                f"the tag {quoted(tag)} is not allowed here",
                'leave it out, or put text that begins with "!" in quotes',
            )

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            self._refuse(event, 'a second document begins here ("---")', "a file holds one")

    def _end(self, _event: yaml.CollectionEndEvent) -> None:
        self._open.pop()
        self._flow.pop()
        self._keys.pop()

    def _node(self, event: yaml.NodeEvent) -> None:
        """A list or a mapping that begins, or an alias."""
        if event.anchor is not None or getattr(event, "tag", None) is not None:
            self._decorations(event)
        position = self._place(event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            if len(self._open) >= MAX_DEPTH:
                self._refuse(event, *_TOO_DEEP)
            mapping = isinstance(event, yaml.MappingStartEvent)
            node = Entries(position) if mapping else Items(position)
            if self._awaits_key():
                self._refuse(event, "a list or a mapping stands as a key", "a name was expected")
            self._attach(node)
            self._open.append(node)
            self._flow.append(bool(event.flow_style))
            self._keys.append(None)
        elif self._awaits_key():
            self._keys[-1] = Text("", position)
        else:
            self._attach(Text("", position))

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1], Entries) and self._keys[-1] is None

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        decorated = event.anchor is not None or event.tag is not None
        if decorated:
            self._decorations(event)
        value, plain = event.value, not event.style
        mark: Any = event.start_mark
        if len(value) > MAX_TEXT:
            what = f"this text has more than {MAX_TEXT:,} characters"
            self._refuse(event, what, "shorten it, or split it")
        # As Text and Position are made, without the calls of the two: these are most of a reading.
        text = _NEW_TEXT(Text, value if plain else value.rstrip("\n"))
        text.position = _NEW_TUPLE(Position, (self._name, mark.line + 1, mark.column + 1))
        text.plain = plain
        # Most texts are one word, which shows no slip where nothing can have been cut off.
        word = plain and value.isidentifier()
        shows = self._with_comments or not word
        opened = self._open[-1] if self._open else None
        if isinstance(opened, Entries) and self._keys[-1] is None:
            if shows:
                self._slips(event, text, key=True)
            if not word or text in opened:
                self._key(opened, text)
            self._keys[-1] = text
            return
        if shows:
            self._slips(event, text, key=False)
        if not value and plain and not decorated and not self._may_be_empty():
            self._empty(text)
        self._attach(text)

    def _slips(self, event: yaml.ScalarEvent, text: Text, *, key: bool) -> None:
        """Refuse what a text shows to be a slip although YAML can read it."""
        first, last = _counted(event.start_mark), _counted(event.end_mark)
        if text.plain:
            if (slip := slip_in_text(text, key=key)) is not None:
                self.problems.append(slip)
            elif last[0] > first[0]:
                self._dash_in_text(first[0], last[0])
                self._dash_missing(first[0], text)
            if self._with_comments:
                self._cut_short(event, *last)
            return
        self._ended = first, last
        if event.style == '"' and self._with_escapes:
            # Only escapes can bring what the text of the file does not have.
            for char in sorted(set(text)):
                if char != "\n" and forbidden(char):
                    self.problems.append(character_problem(text.position, char))

    def _dash_in_text(self, first: int, last: int) -> None:
        """Refuse an entry of a list that is indented further than the others.

        YAML goes on with the text above, dash and all.
        """
        for number in range(first + 1, last + 1):
            line = self._lines[number] if number < len(self._lines) else ""
            bare = line.lstrip()
            if bare.startswith("- "):
                self.problems.tell(
                    Code.WRONG_INDENT,
                    Position(self._name, number + 1, len(line) - len(bare) + 1),
                    f'this "-" goes on with the text that begins on line {first + 1}',
                    "indent it as the other entries of the list, or put the text in quotes",
                )
                return

    def _dash_missing(self, first: int, text: Text) -> None:
        """Refuse names on lines of their own that YAML joins to one entry of a list."""
        lines = [line.strip() for line in self._lines[first + 1 : first + len(text.split())]]
        names = [text.split()[0], *lines]
        listed = bool(self._open) and isinstance(self._open[-1], Items) and not self._flow[-1]
        if listed and len(names) > 1 and text.split() == names:
            self.problems.tell(
                Code.WRONG_STRUCTURE,
                Position(self._name, first + 2, self._lines[first + 1].index(names[1]) + 1),
                'a "-" is missing before this entry of the list',
                f"otherwise it goes on with the entry on line {first + 1}",
            )

    def _may_be_empty(self) -> bool:
        block = bool(self._open) and isinstance(self._open[-1], Entries) and not self._flow[-1]
        return self._empty_values and block

    def _empty(self, text: Text) -> None:
        key = self._keys[-1] if self._open else None
        if not self._open:
            self.problems.tell(Code.NO_VALUE, text.position, *_EMPTY)
        elif key is None:
            self.problems.tell(Code.NO_VALUE, text.position, "this entry of the list is empty")
        else:
            expected = "write the value after the colon, or null if it may have none"
            if self._flow[-1]:
                from wizard.pathway.format.slips import missing_space

                if (slip := missing_space(key)) is not None:
                    self.problems.append(slip)
                    return
                expected = 'inside { } a comma begins a new key: put text with a comma in "quotes"'
            self.problems.tell(Code.NO_VALUE, key.position, f"{quoted(key)} has no value", expected)

    def _key(self, entries: Entries, text: Text) -> None:
        """Refuse what a key shows to be a slip."""
        if not text:
            self.problems.tell(Code.NO_VALUE, text.position, "a key is missing before the colon")
        elif text == "<<" and text.plain:
            self.problems.tell(
                Code.REFUSED_YAML,
                text.position,
                'the merge key "<<" is not allowed',
                "write the keys out",
            )
        elif "\n" in text:
            self.problems.tell(Code.REFUSED_YAML, text.position, "a key runs over several lines")
        if text in entries:
            self._twice(entries, text)

    def _twice(self, entries: Entries, text: Text) -> None:
        """A key that stands already: another of the name, or one that lost its indentation."""
        first = entries.key(text)
        before = list(entries.values())[: list(entries).index(text)]
        question = before[-1] if before else None
        if (
            text == "otherwise"
            and isinstance(question, Entries)
            and "ask" in question
            and text not in question
        ):
            self.problems.tell(
                Code.KEY_TWICE,
                first.position,
                f'"otherwise" stands here and again on line {text.position.line}',
                "indent this one further if it belongs to the question on line "
                f"{question.position.line}, or keep one of the two",
            )
            return
        self.problems.tell(
            Code.KEY_TWICE,
            text.position,
            f"{quoted(text)} stands here twice",
            f"it is already on line {first.position.line}; keep one of the two",
        )

    def _attach(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Items):
            parent.append(node)
        elif (key := self._keys[-1]) is not None:
            parent.add(key, node)
            self._keys[-1] = None

    def _cut_short(self, event: yaml.ScalarEvent, number: int, end: int) -> None:
        """Refuse `a: some text #1 more`: YAML drops everything from the ` #` on.

        The text ends on a line, and there at a column, both counted from 0.
        A comment is plainly meant where it begins with a space and follows one word or stands
        two spaces away.
        """
        line = self._lines[number] if number < len(self._lines) else ""
        comment = re.match(_COMMENT, line[end:]) if "#" in line else None
        if comment is None or not event.value:
            return
        gap, after = comment.groups()
        if after in {"", " "} and (len(gap) > 1 or re.fullmatch(_WORD, event.value)):
            return
        self._cut = True
        self.problems.tell(
            Code.CUT_SHORT,
            Position(self._name, number + 1, end + 1 + len(gap)),
            f'" #" cuts the text off here: only {quoted(event.value)} would be read',
            'put the whole text in "quotes", or write a comment as two spaces, # and a space',
        )

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        if self._cut:
            raise _Refused
        mark = error.problem_mark or error.context_mark
        opened = error.context_mark or mark
        if mark and (deepest := self._too_deep(mark.index)):
            self._stop(Code.REFUSED_YAML, self._place(deepest), *_TOO_DEEP)
        from wizard.pathway.format.slips import slip_behind
        from wizard.pathway.format.stop import Stop

        stop = Stop(
            file=self._name,
            lines=tuple(self._lines),
            at=_counted(mark),
            opened=_counted(opened),
            words=f"{error.context or ''} {error.problem or ''}",
            ended=self._ended,
        )
        self.problems.append(slip_behind(stop))
        raise _Refused

    def _too_deep(self, end: int) -> _Mark | None:
        """The first level that is one too many in the text up to a place.

        The parser scans ahead of its events, and some stop at a depth of their own (libyaml 0.2.6
        at 1,000 brackets) before the levels above are handed over.
        """
        depth = 0
        try:
            for event in yaml.parse(self._text[:end], Loader=_LOADER):
                if isinstance(event, yaml.CollectionStartEvent):
                    depth += 1
                    if depth > MAX_DEPTH:
                        return event.start_mark
                elif isinstance(event, yaml.CollectionEndEvent):
                    depth -= 1
        except yaml.YAMLError:
            pass  # It is the text up to an error: not whole.
        return None


def _counted(mark: _Mark | None) -> tuple[int, int]:
    return (0, 0) if mark is None else (mark.line, mark.column)
