"""Random YAML texts: what they say, and then, by a writer, how they say it."""

from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import strategies as st

_WORDS = (
    *("oak", "in the lung", "yes", "010", "20 to below 40", "ICS-20"),
    *("a, b", "x: y", "#1", "*a"),
)
_TEXTS = (
    *_WORDS,
    *("it's", 'say "so"', "back\\slash", "über 5 %", "- dash", "{a}", "null", "{}", "?"),
)
_KEYS = ("a", "key_two", "oak, beech", "otherwise", "from 10", "b", "it's", "below 2")
_NEVER_PLAIN = frozenset("#*{}[]?\"'\\:,-&!|>%@`")

Value = Any
"""A text, a list of values, or a dictionary of values by text."""


def values() -> st.SearchStrategy[Value]:
    """What a file may say."""
    words = st.sampled_from(_WORDS)
    long_texts = st.lists(words, min_size=4, max_size=40).map(" ".join)
    return st.recursive(
        st.sampled_from(_TEXTS) | long_texts,
        lambda inner: (
            st.lists(inner, max_size=5)
            | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4)
            | st.lists(words, min_size=10, max_size=40)
        ),
        max_leaves=25,
    )


class Writer:
    """Writes a value in a layout that is drawn; `comments` are those that it put in."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.comments: list[str] = []

    def text(self, value: Value) -> str:
        """The whole file."""
        block = isinstance(value, dict | list) and value and not self._one_in(3)
        lines = self._block(value, 0) if block else self._flow(value, 1)
        text = "\n".join([*self._noise(0), *lines, *self._noise(0)]) + "\n" * self._number(3)
        return text.replace("\n", "\r\n") if self._one_in(4) else text

    def _number(self, below: int) -> int:
        return self._random.randrange(below)

    def _one_in(self, number: int) -> bool:
        return self._number(number) == 0

    # --- what says nothing ---------------------------------------------------------------------

    def _comment(self) -> str:
        self.comments.append(f"# c{len(self.comments)}{self._random.choice(('', ': x', ' ['))}")
        return self.comments[-1]

    def _noise(self, least: int) -> list[str]:
        """Blank lines, and comments that are indented by at least so much."""
        lines = []
        for _ in range(max(0, self._number(5) - 2)):
            blank = self._one_in(2)
            indent = " " * (self._number(4) if blank else least + self._number(5))
            lines.append(indent if blank else f"{indent}{self._comment()}")
        return lines

    def _behind(self) -> str:
        blanks = " " * (2 + self._number(2))
        return f"{blanks}{self._comment()}" if self._one_in(5) else " " * self._number(3)

    # --- blocks --------------------------------------------------------------------------------

    def _block(self, value: Value, indent: int) -> list[str]:
        lines: list[str] = []
        in_list = isinstance(value, list)
        for entry in value if in_list else value.items():
            key, each = ("", entry) if in_list else entry
            start = " " * indent + ("-" if in_list else f"{self._key(key)}:")
            lines += [*self._noise(0), *self._entry(start, each, indent, in_list=in_list)]
        return lines

    def _entry(self, start: str, value: Value, indent: int, *, in_list: bool) -> list[str]:
        if isinstance(value, dict | list) and value and self._one_in(2):
            if in_list and self._one_in(2):
                return self._behind_dash(start, value, indent)
            same = not in_list and isinstance(value, list) and self._one_in(2)
            further = indent if same else indent + 1 + self._number(4)
            return [f"{start}{self._behind()}", *self._noise(0), *self._block(value, further)]
        if isinstance(value, str) and self._one_in(2):
            return self._marked(start, value, indent)
        first, *others = self._flow(value, indent + 1)
        if self._one_in(6):
            first = " " * (indent + 1) + first
            return [f"{start}{self._behind()}", *self._noise(indent + 1), first, *others]
        return [f"{start}{' ' * (1 + self._number(3))}{first}", *others]

    def _behind_dash(self, start: str, value: Value, indent: int) -> list[str]:
        """A block that begins on the line of a dash; comments before it stand above."""
        lines = self._block(value, indent + 2 + self._number(2))
        place = next(
            number
            for number, line in enumerate(lines)
            if line.strip() and not line.strip().startswith("#")
        )
        return [*lines[:place], start + lines[place][indent + 1 :], *lines[place + 1 :]]

    def _marked(self, start: str, value: str, indent: int) -> list[str]:
        further = " " * (indent + 1 + self._number(4))
        mark = self._random.choice((">-", ">", "|", "|-", ">+"))
        words = value.split(" ")
        cut = self._number(len(words)) if mark.startswith(">") else 0
        parts = (" ".join(words[:cut]), " ".join(words[cut:]))
        return [f"{start} {mark}{self._behind()}", *(further + part for part in parts if part)]

    # --- brackets and texts --------------------------------------------------------------------

    def _flow(self, value: Value, indent: int) -> list[str]:
        """A text, or a collection in brackets; all lines but the first are indented."""
        if isinstance(value, str):
            return self._on_lines(value, indent)
        pieces: Sequence[str] = self._pieces(value)
        lines = [""]
        for piece in pieces:
            lines[-1] += piece
            if piece[-1] in ",[{" and self._one_in(6):
                lines[-1] += self._behind()
                lines += self._noise(indent) if self._one_in(3) else []
                lines.append(" " * (indent + self._number(4)))
            elif piece[-1] == ",":
                lines[-1] += " " * (1 + self._number(2))
        lines[-1] += self._behind()
        return lines

    def _pieces(self, value: Value) -> list[str]:
        """A value in brackets, in the pieces between which a line may end."""
        if isinstance(value, str):
            return [self._scalar(value)]
        is_map = isinstance(value, dict)
        opening, closing = "{}" if is_map else "[]"
        found = [opening if value else opening + " " * self._number(2)]
        entries = list(value.items()) if is_map else [("", each) for each in value]
        for number, (key, each) in enumerate(entries):
            first, *others = self._pieces(each)
            found += [f"{self._key(key)}: {first}" if is_map else first, *others]
            if number < len(entries) - 1 or self._one_in(4):
                found[-1] += " " * self._number(2) + ","
        return [*found, closing]

    def _key(self, key: str) -> str:
        return self._quotes(key) if self._one_in(5) or "," in key or "'" in key else key

    def _on_lines(self, value: str, indent: int) -> list[str]:
        """A text that may run over two lines."""
        words, quoted = value.split(" "), self._quotes(value)
        if len(words) < 4 or quoted[1:-1] != value or not self._one_in(3):
            return [self._scalar(value) + self._behind()]
        cut = 1 + self._number(len(words) - 1)
        first, second = " ".join(words[:cut]), " ".join(words[cut:])
        blank = " " * (indent + self._number(3))
        return [f"{quoted[0]}{first}", f"{blank}{second}{quoted[-1]}{self._behind()}"]

    def _scalar(self, value: str) -> str:
        plain = _NEVER_PLAIN.isdisjoint(value)
        return value if plain and not self._one_in(3) else self._quotes(value)

    def _quotes(self, value: str) -> str:
        if self._one_in(2):
            return "'" + value.replace("'", "''") + "'"
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
