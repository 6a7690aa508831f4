"""What two versions of a pathway say differently, word for word, rules aside."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from wizard.pathway.model import Pathway
from wizard.pathway.position import Position
from wizard.pathway.sources import Review
from wizard.pathway.trees import Rule, claims_of
from wizard.record import Record, fields_of


class ChangeKind(StrEnum):
    """What kind of difference it is.  All but TEXT are clinical."""

    REVIEW = "review"
    QUESTION = "question"
    ALERT = "alert"
    SAID = "said"
    HAZARD = "hazard"
    ORDER = "order"
    CLAIM = "claim"
    CITATION = "citation"
    SOURCE = "source"
    TEXT = "text"


class RecordChange(Record):
    """One entry that differs; None where a version does not have it.  `path` leads to it."""

    sort: ChangeKind
    path: tuple[str, ...]
    old: str | None
    new: str | None


_NOWHERE_SAID: Final = frozenset({"position", "places", "was"})
_OF_THE_COPY: Final = frozenset({"digest", "shipped", "folder", "former"})
_OF_WAYS: Final = "claims of single ways"
_CITING: Final = frozenset(
    {"claims", "card", "for_anyone", "leaves_out", "not_surfaced", "assumes", _OF_WAYS}
)
_WORDS: Final = frozenset(
    {
        "label",
        "question",
        "help",
        "phrase",
        "phrases",
        "title",
        "says",
        "row",
        "term",
        "also",
        "short",
    }
)
"""Fields that only hold words, so that no result depends on them. Any other field is more than
words.
"""
_WORDS_OF_PATHWAY: Final = frozenset({"title", "version", "report_errors", "changes", "groups"})

_Sorts = tuple[tuple[str, ChangeKind], ...]

_SORTS: Final[_Sorts] = (
    ("reviewed/**", ChangeKind.REVIEW),
    ("hazards/**", ChangeKind.HAZARD),
    ("steps/*", ChangeKind.ORDER),
    ("steps/*/factors", ChangeKind.ORDER),
    ("claims/*/action|stated_for", ChangeKind.SAID),
    ("claims/**", ChangeKind.CLAIM),
    ("sources/*/date|date_meaning|review_due|badge|applies_in", ChangeKind.SAID),
    ("sources/**", ChangeKind.SOURCE),
    ("assumptions/**", ChangeKind.SAID),
    ("options/*/usual_setting/label", ChangeKind.SAID),
    ("alerts/*/level", ChangeKind.ALERT),
    ("alerts/*/about|check/**", ChangeKind.ALERT),
    ("factors/*", ChangeKind.QUESTION),
    ("factors/*/type|whole|at_least|step", ChangeKind.QUESTION),
    ("factors/*/values|groups/*", ChangeKind.QUESTION),
    ("factors/*/groups/*/values|whole", ChangeKind.QUESTION),
)
"""Sorts by the path of an entry, the first that fits.

`*` is any part of it, `a|b` either of two, `**` any number of parts.
"""
_SORTS_OF_ONE: Final[_Sorts] = (
    ("factors/*/record_only|none_label|not_done", ChangeKind.QUESTION),
    ("glossary|shared/*", ChangeKind.CITATION),
    ("options/*/notes|aims/*", ChangeKind.CITATION),
    ("options/*/statements/*/aims/*", ChangeKind.CITATION),
)
"""Sorts of what only one version has."""
_SORTS_OF_BOTH: Final[_Sorts] = (("factors/*/record_only|none_label|not_done", ChangeKind.TEXT),)
"""Sorts of what both versions have: other words."""


def compare_records(old: Pathway, new: Pathway) -> tuple[RecordChange, ...]:
    """Every entry that differs, except rules and what `rule_diff` compares as a function."""
    aims = _aims(old) & _aims(new)
    return tuple(
        RecordChange(_sort(path, before, after), path, before, after)
        for path, before, after in _walk((), old, new)
        if not _is_function(path, before, after, aims)
    )


def _aims(pathway: Pathway) -> set[tuple[str, str]]:
    """Options with the aims that they have anywhere."""
    return {(option.id, aim) for option in pathway.options.values() for aim in option.aims_by_id}


_Found = tuple[tuple[str, ...], str | None, str | None]


def _walk(path: tuple[str, ...], old: object, new: object) -> Iterator[_Found]:
    rules = isinstance(old, Rule), isinstance(new, Rule)
    if (
        isinstance(old, Position)
        or isinstance(new, Position)
        or old is new
        or any(rules) != all(rules)
    ):
        return
    before, after = _entries(old), _entries(new)
    if before is None or after is None:
        if old != new:
            yield path, _in_one_line(old), _in_one_line(new)
        return
    for key in (*after, *(key for key in before if key not in after)):
        if key in _NOWHERE_SAID or (not path and key in _OF_THE_COPY):
            continue
        if key not in before:
            yield (*path, key), None, _in_one_line(after[key])
        elif key not in after:
            yield (*path, key), _in_one_line(before[key]), None
        else:
            yield from _walk((*path, key), before[key], after[key])
    if isinstance(old, Mapping | tuple):
        was, now = [k for k in before if k in after], [k for k in after if k in before]
        if was != now:
            yield (*path, "(order)"), ", ".join(was), ", ".join(now)


def _entries(value: object) -> dict[str, object] | None:
    """The parts of a record, a map or a tuple of records; None of anything else.

    A rule is compared as a function elsewhere; what is left of it are the claims of its ways.
    """
    if isinstance(value, Rule):
        return {_OF_WAYS: ", ".join(dict.fromkeys(claims_of(value.tree))) or "none"}
    if isinstance(value, Record):
        return {name: getattr(value, name) for name in fields_of(type(value))}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple) and all(isinstance(one, Record | Position) for one in value):
        ids = (getattr(one, "id", getattr(one, "version", at)) for at, one in enumerate(value, 1))
        return {str(name): one for name, one in zip(ids, value, strict=True)}
    return None


def _in_one_line(value: object) -> str | None:
    """A value in one line, by its own words where it has some."""
    match value:
        case None | str():
            return value
        case Review():
            return f"{value.by}, {value.role}, on {value.date}, of version {value.version}"
        case tuple():
            return ", ".join(_in_one_line(one) or "" for one in value) or "none"
        case Mapping():
            return ", ".join(f"{key}: {_in_one_line(one)}" for key, one in value.items()) or "none"
    for name in ("says", "label", "title", "term", "hazard", "what", "options"):
        if hasattr(value, name):
            return _in_one_line(getattr(value, name))
    return str(value)


def _is_function(
    path: tuple[str, ...], old: str | None, new: str | None, aims: set[tuple[str, str]]
) -> bool:
    """Whether it is an option, statement, aim, setting or alert that only one version has.

    `aims` are those that both versions have, here or at another place of the option.
    """
    if old is not None and new is not None:
        return False
    match path:
        case ("options", option, "aims", aim) | ("options", option, "statements", _, "aims", aim):
            return (option, aim) not in aims
        case (
            ("options" | "alerts", _)
            | ("options", _, "usual_setting")
            | ("options", _, "statements" | "excludes", _)
        ):
            return True
    return False


def _sort(path: tuple[str, ...], old: str | None, new: str | None) -> ChangeKind:
    if path[-1] == "(order)":
        return _sort_of_order(path)
    if path[0] != "claims" and _CITING.intersection(path):
        return ChangeKind.CITATION
    both = old is not None and new is not None
    for pattern, sort in (*(_SORTS_OF_BOTH if both else _SORTS_OF_ONE), *_SORTS):
        if _fits(path, pattern.split("/")):
            return sort
    words = _WORDS.intersection(path[2:]) or _WORDS_OF_PATHWAY.intersection(path[:1])
    return ChangeKind.TEXT if words else ChangeKind.SAID


def _fits(path: tuple[str, ...], pattern: list[str]) -> bool:
    if pattern[-1] == "**":
        *pattern, _ = pattern
        path = path[: len(pattern)]
    return len(path) == len(pattern) and all(
        wanted == "*" or part in wanted.split("|")
        for part, wanted in zip(path, pattern, strict=True)
    )


def _sort_of_order(path: tuple[str, ...]) -> ChangeKind:
    shown = path[0] in ("factors", "options", "alerts", "steps", "groups", "sources")
    unordered = _CITING.union({"phrases", "about", "check"}).intersection(path)
    return ChangeKind.ORDER if shown and not unordered else ChangeKind.TEXT
