"""The log of a case: what was done to it and when, each entry chained to the one before by a hash.

A saved case keeps it under `log`, the journal of a running case a line at a time.  Nothing is ever
taken out of it: what was undone is an entry, too.  A log is a tuple of entries, oldest first.

The chain is that of Haber and Stornetta (How to time-stamp a digital document, 1991): whoever
changes an entry has to change every later one.  It shows slips and careless edits; it cannot stop
somebody who works out all hashes anew.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from wizard.record import NOTHING, Record

JSON = None | bool | int | float | str | Sequence[Any] | Mapping[str, Any]
"""What JSON can say."""


class Did(StrEnum):
    """What was done to a case; what else an entry says of it, by key.

    Of an entry that changes answers, `set` has the raw answers given or replaced, `unset` the
    factors whose answers were taken back, `asked` the question that is current from then on.
    """

    BEGUN = "begun"
    """`pathway`, `version`, `digest`, `tool`, `answers` (all that there were), `asked`."""
    ANSWERED = "answered"
    """`set`, `unset`, `asked`; where no answer changes, only the question does."""
    UNDONE = "undone"
    REDONE = "redone"
    MOVED = "moved"
    """Goes on in another version: as `begun`; `answers` and `asked` where they are others in it."""
    EDITED = "edited"
    """The answers in the file were changed outside the wizard: as `answered`."""
    TITLED = "titled"
    """`title`."""
    RECORDED = "recorded"
    EXPORTED = "exported"
    """`format`; never a path, which may hold a name."""
    SAVED = "saved"
    """`standing`: the `digest_of` the standing that was saved with it."""


class Entry(Record):
    """One thing that was done: when (UTC, whole seconds), what, and the hash that seals it."""

    at: str
    did: Did
    what: Mapping[str, JSON]
    hash: str


Log = tuple[Entry, ...]


class Point(Record):
    """Where a case stood: its raw answers by factor, and the current question (None at the end)."""

    answers: Mapping[str, JSON] = NOTHING
    asked: str | None = None


class Folded(Record):
    """What a log comes to: where the case stands, and the points that undo and redo lead to.

    The next to undo is the last of `past`, the next to redo the last of `future`.  Points from
    before the case moved to another version have the answers of that version.
    """

    now: Point = Point()
    past: tuple[Point, ...] = ()
    future: tuple[Point, ...] = ()


class LogEntryError(ValueError):
    """Something that is not an entry of a log; its text says what is wrong, in a few words."""


def appended(log: Log, did: Did, what: Mapping[str, JSON], at: datetime) -> Log:
    """The log with one more entry.  `at` knows its time zone.

    Raises ValueError where JSON cannot say `what`.
    """
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    before = log[-1].hash if log else ""
    return (*log, Entry(moment, did, what, _sealed(moment, did, what, before)))


def broken_at(log: Log) -> int | None:
    """The first entry that is not as it was written, or does not follow the one before it.

    None where the chain is whole.
    """
    before = ""
    for index, entry in enumerate(log):
        if entry.hash != _sealed(entry.at, entry.did, entry.what, before):
            return index
        before = entry.hash
    return None


def folded(log: Log) -> Folded:
    """What a log comes to, whether its chain is whole or not."""
    found = Folded()
    for entry in log:
        found = _after(found, entry)
    return found


def digest_of(data: JSON) -> str:
    """The SHA-256 of data as canonical JSON: keys in order, no spaces, UTF-8.

    Raises ValueError where JSON cannot say it.
    """
    text = json.dumps(
        data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    from hashlib import sha256

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# --- entries as text -------------------------------------------------------------------------


def entry_line(entry: Entry) -> str:
    """An entry as a line of JSON, which is YAML too; it has no end of line.

    It is ASCII, so that it stays one line whatever a title holds.
    """
    data = {"at": entry.at, "did": entry.did, "what": entry.what, "hash": entry.hash}
    return json.dumps(data, allow_nan=False)


def entry_read(line: str) -> Entry:
    """The entry of a line as `entry_line` writes it.

    Raises LogEntryError for anything else, be it a single blank more.
    """
    try:
        entry = entry_of(json.loads(line))
        exact = entry_line(entry) == line
    except (ValueError, RecursionError) as error:
        own = isinstance(error, LogEntryError)
        raise LogEntryError(str(error) if own else "is not an entry of a log") from None
    if not exact:
        raise LogEntryError("is not written as the wizard writes an entry")
    return entry


def entry_of(data: object) -> Entry:
    """The entry that plain data stands for.  Raises LogEntryError."""
    if not isinstance(data, Mapping):
        raise LogEntryError("is not an entry of a log")
    if data.keys() != _PARTS:
        raise LogEntryError("has not exactly at, did, what and hash")
    at, did, what, seal = (data[part] for part in ("at", "did", "what", "hash"))
    if not isinstance(did, str) or did not in _KNOWN:
        raise LogEntryError("says that something was done which this version does not know")
    if not (isinstance(at, str) and isinstance(seal, str) and isinstance(what, Mapping)):
        raise LogEntryError("has something else than text in at or hash, or than a map in what")
    odd = _odd_part(Did(did), what)
    if odd:
        raise LogEntryError(f"has something else in {odd} than this version knows")
    return Entry(at, Did(did), what, seal)


# --- parts -----------------------------------------------------------------------------------

_PARTS: Final = {"at", "did", "what", "hash"}
_KNOWN: Final = frozenset(Did)
_STEPS: Final = (Did.ANSWERED, Did.EDITED)
_STARTS: Final = (Did.BEGUN, Did.MOVED)


def _sealed(at: str, did: Did, what: Mapping[str, JSON], before: str) -> str:
    return digest_of({"at": at, "before": before, "did": did, "what": what})


def _odd_part(did: Did, what: Mapping[str, object]) -> str:
    """What `folded` could not go by in an entry; "" where nothing is in its way."""
    if not isinstance(what.get("asked"), str | None):
        return "asked"
    if did in _STARTS and not isinstance(what.get("answers", NOTHING), Mapping):
        return "answers"
    if did not in _STEPS:
        return ""
    if not isinstance(what.get("set", NOTHING), Mapping):
        return "set"
    unset = what.get("unset", ())
    listed = isinstance(unset, list | tuple) and all(isinstance(each, str) for each in unset)
    return "" if listed else "unset"


def _after(found: Folded, entry: Entry) -> Folded:
    now, past, future = found.now, found.past, found.future
    match entry.did:
        case Did.UNDONE if past:
            return Folded(past[-1], past[:-1], (*future, now))
        case Did.REDONE if future:
            return Folded(future[-1], (*past, now), future[:-1])
        case Did.BEGUN:
            return Folded(_changed(now, entry.what))
        case Did.MOVED | Did.ANSWERED | Did.EDITED:
            then = _changed(now, entry.what)
            if entry.did is Did.MOVED or then.answers == now.answers:
                return Folded(then, past, future)
            return Folded(then, (*past, now))
    return found


def _changed(now: Point, what: Mapping[str, Any]) -> Point:
    """The point that an entry leads to which changes answers, the question, or both."""
    answers = dict(what.get("answers", now.answers))
    for factor in what.get("unset", ()):
        answers.pop(factor, None)
    return Point({**answers, **what.get("set", {})}, what.get("asked", now.asked))
