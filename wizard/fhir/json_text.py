"""JSON read strictly: a key once, numbers as they are written, and the place of what is wrong."""

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NoReturn

from wizard.pathway.problems import quoted

Path = tuple[str | int, ...]
"""The keys and indices that lead to a part."""
_PIECE: Final = r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+'
_BOM: Final = "\ufeff"
_TOO_MANY_DIGITS: Final = (ValueError, InvalidOperation)
"""What Python says of a whole number, and of an exponent, that is longer than it reads."""


class NotJsonError(ValueError):
    """A text that is not JSON, or says something twice: why, and the line and column."""

    def __init__(self, what: str, line: int = 1, column: int = 1) -> None:
        super().__init__(what)
        self.what = what
        self.line = line
        self.column = column


class _TwiceError(ValueError):
    """A key that stands twice in one object."""


class _NotANumberError(ValueError):
    """A word for what is not a number, as NaN."""


def read_json(data: bytes) -> Any:
    """The value of a text in UTF-8; numbers are integers and decimals.  Raises NotJsonError."""
    try:
        text = data.decode().removeprefix(_BOM)
    except UnicodeDecodeError as error:
        raise NotJsonError("it is not UTF-8", data.count(b"\n", 0, error.start) + 1) from None
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise NotJsonError(f"it is not JSON: {error.msg}", error.lineno, error.colno) from None
    except _TwiceError as error:
        what = f"the key {quoted(str(error))} stands twice in one object"
        raise NotJsonError(what, *_line_and_column(text, _second(text))) from None
    except RecursionError:
        raise NotJsonError("it is nested too deep to be read") from None
    except _NotANumberError as error:
        raise NotJsonError(f"it is not JSON: {error}") from None
    except _TOO_MANY_DIGITS:
        what = "a number in it has too many digits"
        raise NotJsonError(what, *_line_and_column(text, _unreadable(text))) from None


def places_of(data: bytes, paths: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """The line and column where each of these parts of a text begins that was read.

    Of a part that is not there, that of what would hold it.
    """
    text = data.decode().removeprefix(_BOM)
    every = set(paths)
    wanted = {path[:length] for path in every for length in range(len(path) + 1)}
    found = {path: where for path, where, _ in _parts(text) if path in wanted}
    lines = [0, *(each.end() for each in re.finditer("\n", text))]

    def place(path: Path) -> tuple[int, int]:
        held = next(path[:n] for n in range(len(path), -1, -1) if path[:n] in found)
        line = bisect_right(lines, found[held])
        return line, found[held] - lines[line - 1] + 1

    return {path: place(path) for path in every}


# --- parts -----------------------------------------------------------------------------------


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        (key, _), *_ = Counter(key for key, _ in pairs).most_common(1)
        raise _TwiceError(key)
    return found


def _not_a_number(word: str) -> NoReturn:
    raise _NotANumberError(f"{word} is not a number")


_DECODER: Final = json.JSONDecoder(
    parse_float=Decimal, parse_constant=_not_a_number, object_pairs_hook=_each_once
)


def _parts(text: str) -> Iterator[tuple[Path, int, bool]]:
    """Each value of a text with where it begins, and whether its key stood there before."""
    path: list[str | int] = []
    keys: list[set[str] | None] = []
    awaits_key = twice = False
    for piece in re.finditer(_PIECE, text, re.DOTALL):
        sign = piece[0]
        if sign == ",":
            awaits_key = keys[-1] is not None
            if not awaits_key and isinstance(path[-1], int):
                path[-1] += 1
        elif sign in "}]":
            path.pop()
            keys.pop()
        elif awaits_key and sign[0] == '"':
            key = json.loads(sign)
            own = keys[-1]
            if own is not None:
                twice = key in own
                own.add(key)
            path[-1] = key
            awaits_key = False
        elif sign != ":":
            yield tuple(path), piece.start(), twice
            twice = False
            if sign in "{[":
                awaits_key = sign == "{"
                path.append("" if awaits_key else 0)
                keys.append(set() if awaits_key else None)


def _second(text: str) -> int:
    """Where the value of a key begins that stands twice."""
    return next((where for _, where, twice in _parts(text) if twice), 0)


def _unreadable(text: str) -> int:
    """Where the first number begins that has too many digits."""
    for piece in re.finditer(_PIECE, text, re.DOTALL):
        if piece[0][0] in "-0123456789":
            try:
                _DECODER.decode(piece[0])
            except _TOO_MANY_DIGITS:
                return piece.start()
    return 0


def _line_and_column(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
