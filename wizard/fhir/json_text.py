"""JSON read strictly: a key once, numbers as they are written, and the place of what is wrong."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final, NoReturn

from wizard.pathway.problems import quoted

Path = tuple[str | int, ...]
"""The keys and indices that lead to a part."""
_PIECE: Final = r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+'
_BOM: Final = "\ufeff"


class NotJsonError(ValueError):
    """A text that is not JSON, or says something twice: why, and the line and column."""

    def __init__(self, what: str, line: int = 1, column: int = 1) -> None:
        super().__init__(what)
        self.what = what
        self.line = line
        self.column = column


class _TwiceError(ValueError):
    """A key that stands twice in one object."""


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
    except ValueError as error:
        raise NotJsonError(f"it is not JSON: {error}") from None


def place_of(data: bytes, path: Path) -> tuple[int, int]:
    """The line and column where a part of a text begins that was read; else of what holds it."""
    text = data.decode().removeprefix(_BOM)
    best = 0
    length = -1
    for at, where, _ in _parts(text):
        if len(at) > length and path[: len(at)] == at:
            best, length = where, len(at)
            if length == len(path):
                break
    return _line_and_column(text, best)


# --- parts -----------------------------------------------------------------------------------


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _TwiceError(next(key for n, (key, _) in enumerate(pairs) if key in dict(pairs[:n])))
    return found


def _not_a_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


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
            own = keys[-1] or set()
            twice = key in own
            keys[-1] = own | {key}
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


def _line_and_column(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
