"""One layout for every file: blanks, line breaks and the marks of texts; never a word of it.

What is written in lines stays in lines; what is written in braces or brackets stays in them where
it fits on a line.  A comment stays with what it stands at: behind it, above it, or at the end of
the block that it ends.  Where a line that is put together has no place for one, it goes above.
"""

import re
from itertools import pairwise
from typing import Final

import yaml

from wizard.pathway.format.written import (
    Collection,
    Comment,
    Document,
    Place,
    Scalar,
    Written,
    text_lines,
    written,
)
from wizard.pathway.nodes import Entries, Items, Node, Text

WIDTH: Final = 120
"""Letters of a line that holds a list or mapping in brackets."""

_EXPLICIT: Final = re.compile(r"[|>][+-]?([1-9])")
_STEP: Final = "  "
_NOWHERE: Final = 10**9
"""The column of what was in brackets: no comment is further in than that."""


def laid_out(text: str) -> str:
    """A text in the one layout.

    It has to be one that the reader reads without a mistake.
    """
    return _Layout(written(_plain(text))).text()


def comments_of(text: str) -> tuple[str, ...]:
    """The comments of a text that the reader reads without a mistake, sorted."""
    return tuple(sorted(each.text for each in written(_plain(text)).comments))


def same_said(one: Node, other: Node) -> bool:
    """Whether two readings say the same; blanks at the end of a line of text are not said."""
    match one, other:
        case Entries(), Entries():
            return len(one) == len(other) and all(
                _words(a) == _words(b) and same_said(one[a], other[b])
                for a, b in zip(one, other, strict=True)
            )
        case Items(), Items():
            return len(one) == len(other) and all(map(same_said, one, other))
        case Text(), Text():
            return one.is_null == other.is_null and _words(one) == _words(other)
    return False


def _words(text: Text) -> list[list[str]]:
    return [line.split() for line in text.rstrip().split("\n")]


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


class _Layout:
    """Writes the lines of one document.

    `_levels` has the column of each open block, and of those that have just ended, with the indent
    that it gets: by it a comment at the end of a block stays in that block.  `_entry` is the line
    at which the entry at hand begins, with its indent: there goes what has no other place.
    """

    def __init__(self, document: Document) -> None:
        self._source = document.lines
        self._root = document.root
        self._comments = document.comments
        self._behind = {each.behind: each for each in document.comments if each.behind}
        self._alone = [each for each in reversed(document.comments) if not each.behind]
        self._lines: list[str] = []
        self._last = -1
        self._levels: list[tuple[int, str]] = []
        self._entry = (0, "")

    def text(self) -> str:
        """The whole document."""
        root = self._root
        if self._inline(root, "") or isinstance(root, Scalar):
            self._tell_before(root.first, "", 0, first=True)
            self._begin("")
            self._value("", root, "", 0)
        else:
            assert isinstance(root, Collection)  # noqa: S101 - every other is inline
            self._above(self._of_brackets(root))
            self._block(root, "", 0, "")
        self._tell_before((len(self._source), 0), "", 0, first=False)
        return "\n".join(self._lines) + "\n"

    # --- blocks and their entries --------------------------------------------------------------

    def _block(self, block: Collection, indent: str, depth: int, begun: str) -> None:
        """The entries of a collection, each on a line of its own.

        `begun` is what the line of the first already has, "" where it has none.
        """
        for number, (key, value) in enumerate(block.entries):
            start = value.first if key is None else key.start
            column = _NOWHERE if block.flow else block.start[1]
            if begun and number == 0:
                self._above(self._alone_before(start))
            else:
                self._tell_before(start, indent, column, first=number == 0)
                self._begin(indent)
            del self._levels[depth:]
            self._levels.append((column, indent))
            line = begun if begun and number == 0 else indent
            if key is None:
                self._item(f"{line}- ", value, indent, depth)
            else:
                self._pair(f"{line}{self._one_line(key)}:", key, value, indent, depth)
        if block.flow:
            while (last := self._next_alone(block.end)) is not None:
                self._tell(last, indent)
            self._last = max(self._last, block.end[0])

    def _item(self, line: str, value: Written, indent: str, depth: int) -> None:
        if isinstance(value, Collection) and not self._inline(value, line):
            self._above(self._of_brackets(value))
            self._block(value, indent + _STEP, depth + 1, line)
        else:
            self._value(line, value, indent, depth)

    def _pair(self, line: str, key: Scalar, value: Written, indent: str, depth: int) -> None:
        self._last = key.end[0]
        behind = self._pop(key.end)
        if isinstance(value, Scalar) and value.empty:
            self._close(line, behind)
        elif isinstance(value, Collection) and not self._inline(value, f"{line} "):
            self._close(line, [*behind, *self._of_brackets(value)])
            self._block(value, indent + _STEP, depth + 1, "")
        else:
            self._above(behind)
            self._value(f"{line} ", value, indent, depth)

    def _value(self, line: str, value: Written, indent: str, depth: int) -> None:
        """A value that goes on with its line."""
        self._above(self._alone_before(value.start))
        if isinstance(value, Collection):
            self._brackets(line, value, indent)
            self._last = value.end[0]
        elif value.style in {"|", ">"}:
            self._marked(line, value, indent, depth)
        else:
            first, *others = self._in_lines(value)
            self._lines.append(f"{line}{first}")
            self._lines += [f"{indent}{_STEP}{each}" if each else "" for each in others]
            self._close(self._lines.pop(), self._pop(value.end))
            self._last = value.end[0]

    # --- brackets ------------------------------------------------------------------------------

    def _inline(self, value: Written, line: str) -> bool:
        """Whether a value stays in its brackets behind what a line has already, or below it."""
        if isinstance(value, Scalar) or not value.flow:
            return False
        if not value.entries:
            return True
        if any(value.start < each.start < value.end for each in self._comments):
            return False
        return self._fits(line, value) or self._of_texts(value)

    def _fits(self, line: str, value: Collection) -> bool:
        return len(line) + len(self._one_line(value)) <= WIDTH

    def _of_texts(self, value: Collection) -> bool:
        return not value.mapping and all(isinstance(each, Scalar) for _, each in value.entries)

    def _brackets(self, line: str, value: Collection, indent: str) -> None:
        if not value.entries:
            self._above([*self._pop(_behind_opening(value)), *self._alone_before(value.end)])
        if self._fits(line, value):
            self._close(f"{line}{self._one_line(value)}", self._pop(value.end))
            return
        if line.endswith(": "):
            self._lines.append(line.rstrip())
            line = indent + _STEP
        line = f"{line}["
        further = " " * len(line)
        texts = [self._one_line(each) for _, each in value.entries]
        ends = [*("," for _ in texts[1:]), "]"]
        own_breaks = (a.end[0] < b.start[0] for (_, a), (_, b) in pairwise(value.entries))
        line += texts[0] + ends[0]
        for text, end, own_break in zip(texts[1:], ends[1:], own_breaks, strict=True):
            if own_break or len(line) + len(text) + len(end) >= WIDTH:
                self._lines.append(line)
                line = f"{further}{text}{end}"
            else:
                line += f" {text}{end}"
        self._close(line, self._pop(value.end))

    def _of_brackets(self, value: Collection) -> list[Comment]:
        """The comments behind the brackets that fall away."""
        if not value.flow:
            return []
        return [*self._pop(_behind_opening(value)), *self._pop(value.end)]

    def _one_line(self, value: Written) -> str:
        """A value, in brackets if it is a collection, without a line break."""
        if isinstance(value, Collection):
            parts = (
                self._one_line(each) if key is None else self._pair_on_line(key, each)
                for key, each in value.entries
            )
            opening, closing = "{}" if value.mapping else "[]"
            return f"{opening}{', '.join(parts)}{closing}"
        if value.start[0] == value.end[0]:
            return self._as_it_is(value)
        plain = not value.style and "\n" not in value.value
        return value.value if plain else _quoted(value.value)

    def _pair_on_line(self, key: Scalar, value: Written) -> str:
        return f"{self._one_line(key)}: {self._one_line(value)}"

    # --- texts ---------------------------------------------------------------------------------

    def _as_it_is(self, scalar: Scalar) -> str:
        """A text of one line in its own marks; single quotes become double where they can."""
        if scalar.style == "'" and not {'"', "\\"} & set(scalar.value):
            return f'"{scalar.value}"'
        return self._source[scalar.start[0]][scalar.start[1] : scalar.end[1]]

    def _in_lines(self, scalar: Scalar) -> list[str]:
        """A plain or quoted text in the lines that it has, without what is before and behind."""
        if scalar.start[0] == scalar.end[0]:
            return [self._as_it_is(scalar)]
        first, last = scalar.start[0], scalar.end[0]
        lines = list(self._source[first : last + 1])
        lines[-1] = lines[-1][: scalar.end[1]]
        lines[0] = lines[0][scalar.start[1] :]
        if scalar.style == '"' and any("\\" in each for each in lines):
            return [_quoted(scalar.value)]
        return [each.strip(" \t") for each in lines]

    def _marked(self, line: str, scalar: Scalar, indent: str, depth: int) -> None:
        """A text below its mark, `>` or `|`, in the lines that it has."""
        mark = (scalar.start[0], scalar.start[1] + 1)
        head = self._source[scalar.start[0]][scalar.start[1] :]
        lines = [self._source[number] for number in text_lines(self._source, scalar)]
        given = _EXPLICIT.match(head)
        outer = self._levels[depth][0] if len(self._levels) > depth else 0
        filled = next((each for each in lines if each.strip()), "")
        margin = outer + int(given[1]) if given else len(filled) - len(filled.lstrip(" "))
        lines = [_without_blanks(each[margin:], scalar.style) for each in lines]
        begins = next((each for each in lines if each), "")
        told = str(len(_STEP)) if begins.startswith(" ") else ""
        self._close(f"{line}{scalar.style}{told}-", self._pop(mark))
        self._lines += [f"{indent}{_STEP}{each}" if each else "" for each in lines]
        self._last = scalar.start[0] + len(lines)

    # --- comments and blank lines --------------------------------------------------------------

    def _begin(self, indent: str) -> None:
        self._entry = (len(self._lines), indent)

    def _above(self, comments: list[Comment]) -> None:
        """Comments above the entry at hand."""
        at, indent = self._entry
        self._lines[at:at] = [f"{indent}{each.text}" for each in comments]
        self._entry = (at + len(comments), indent)

    def _close(self, line: str, comments: list[Comment]) -> None:
        """End a line, with the first of these comments behind it."""
        behind = f"  {comments[0].text}" if comments else ""
        self._lines.append(f"{line}{behind}")
        self._above(comments[1:])

    def _pop(self, end: Place) -> list[Comment]:
        """The comment behind what ends here, if there is one and it has not been told."""
        comment = self._behind.pop(end, None)
        return [] if comment is None else [comment]

    def _next_alone(self, place: Place) -> Comment | None:
        """The next comment on a line of its own before a place."""
        return self._alone.pop() if self._alone and self._alone[-1].start < place else None

    def _alone_before(self, place: Place) -> list[Comment]:
        found = []
        while (comment := self._next_alone(place)) is not None:
            found.append(comment)
        return found

    def _tell_before(self, place: Place, indent: str, column: int, *, first: bool) -> None:
        """The comments before an entry that begins at a place, and one blank line where some were.

        A comment that is further in than the entry belongs to the block that has ended.
        """
        told = False
        while (comment := self._next_alone(place)) is not None:
            inner = [own for at, own in self._levels if at <= comment.start[1]]
            deeper = not first and comment.start[1] > column and inner
            self._tell(comment, inner[-1] if deeper else indent, first=first and not told)
            told = True
        if (told or not first) and place[0] < len(self._source):
            self._blank(place[0])

    def _tell(self, comment: Comment, indent: str, *, first: bool = False) -> None:
        if not first:
            self._blank(comment.start[0])
        self._lines.append(f"{indent}{comment.text}")
        self._last = comment.start[0]

    def _blank(self, line: int) -> None:
        """A blank line if one stands between what was last told and a line."""
        between = self._source[self._last + 1 : line]
        if self._lines and any(not each.strip() for each in between):
            self._lines.append("")


def _behind_opening(value: Collection) -> Place:
    return value.start[0], value.start[1] + 1


def _without_blanks(line: str, style: str) -> str:
    """A line of a text without blanks at its end.

    Of a line that is nothing but blanks they part the lines of a `>` text around it.
    """
    return line.rstrip(" \t") if line.strip() or style == "|" else line


def _quoted(value: str) -> str:
    """A text in double quotes on one line."""
    found = yaml.dump(value, default_style='"', width=10**9, allow_unicode=True)
    return found.rstrip("\n")
