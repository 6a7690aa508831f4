"""What two versions of a pathway say differently, word for word, rules aside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Final

from wizard.pathway.model import Pathway, Position, Rule


class Sort(StrEnum):
    """What kind of difference it is.  All but TEXT are clinical."""

    QUESTION = "question"
    ALERT = "alert"
    ORDER = "order"
    CLAIM = "claim"
    CITATION = "citation"
    SOURCE = "source"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One entry that differs; None where a version does not have it.  `path` leads to it."""

    sort: Sort
    path: tuple[str, ...]
    old: str | None
    new: str | None


_NOT_SAID: Final = frozenset({"position", "digest", "shipped", "folder"})
_CITING: Final = frozenset({"claims", "card", "leaves_out", "not_surfaced", "assumes"})
_SHAPE: Final = frozenset({"type", "at_least", "unit", "minimum", "maximum", "record_only", "step"})


def compare_records(old: Pathway, new: Pathway) -> tuple[RecordChange, ...]:
    """Every entry that differs, but for rules and for what stands or falls with a function."""
    return tuple(
        RecordChange(_sort(path, before, after), path, before, after)
        for path, before, after in _walk((), old, new)
        if not _is_function(path, before, after)
    )


_Found = tuple[tuple[str, ...], str | None, str | None]


def _walk(path: tuple[str, ...], old: object, new: object) -> Iterator[_Found]:
    if isinstance(old, Rule | Position) or isinstance(new, Rule | Position) or old is new:
        return
    before, after = _entries(old), _entries(new)
    if before is None or after is None:
        if old != new:
            yield path, _shown(old), _shown(new)
        return
    for key in (*after, *(key for key in before if key not in after)):
        if key in _NOT_SAID:
            continue
        if key not in before:
            yield (*path, key), None, _shown(after[key])
        elif key not in after:
            yield (*path, key), _shown(before[key]), None
        else:
            yield from _walk((*path, key), before[key], after[key])
    if _ordered(old):
        was, now = [k for k in before if k in after], [k for k in after if k in before]
        if was != now:
            yield (*path, "(order)"), ", ".join(was), ", ".join(now)


def _ordered(value: object) -> bool:
    return isinstance(value, Mapping | tuple)


def _entries(value: object) -> dict[str, object] | None:
    """The parts of a record, a map or a tuple of records; None of anything else."""
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: getattr(value, part.name) for part in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple) and value and all(is_dataclass(one) for one in value):
        return {_name(one, place): one for place, one in enumerate(value, 1)}
    return None


def _name(value: object, place: int) -> str:
    return str(getattr(value, "id", getattr(value, "version", place)))


def _shown(value: object) -> str | None:
    """A value in one line, by its own words where it has some."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return ", ".join(_shown(one) or "" for one in value) or "none"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_shown(one)}" for key, one in value.items()) or "none"
    for name in ("says", "label", "title", "term", "hazard", "what"):
        if hasattr(value, name):
            return str(getattr(value, name))
    return str(value)


def _is_function(path: tuple[str, ...], old: str | None, new: str | None) -> bool:
    """Whether it is an option, statement, aim, setting or alert that only one version has."""
    if old is not None and new is not None:
        return False
    match path:
        case (
            ("options" | "alerts", _)
            | ("options", _, "usual_setting" | "aims")
            | ("options", _, "statements" | "aims", _)
            | ("options", _, "statements", _, "aims")
            | ("options", _, "statements", _, "aims", _)
        ):
            return True
    return False


def _sort(path: tuple[str, ...], old: str | None, new: str | None) -> Sort:
    sort = Sort.TEXT
    if path[0] == "claims":
        sort = Sort.CLAIM
    elif path[-1] == "(order)":
        shown = path[0] in ("factors", "options", "alerts", "steps")
        sort = Sort.ORDER if shown and "card" not in path else Sort.TEXT
    elif _CITING.intersection(path):
        sort = Sort.CITATION
    elif path[0] == "sources":
        sort = Sort.SOURCE
    elif path[0] == "alerts" and path[2] in ("level", "about", "check"):
        sort = Sort.ALERT
    elif path[0] == "factors" and _is_shape(path, old, new):
        sort = Sort.QUESTION
    return sort


def _is_shape(path: tuple[str, ...], old: str | None, new: str | None) -> bool:
    """Whether the answers that a question takes differ."""
    match path:
        case ("factors", _):
            return True
        case ("factors", _, "record_only"):
            return old is None or new is None
        case ("factors", _, field):
            return field in _SHAPE
        case ("factors", _, "values", _):
            return old is None or new is None
        case ("factors", _, "groups", _, *rest):
            return not rest or rest == ["values"]
    return False
