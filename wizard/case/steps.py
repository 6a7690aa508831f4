"""What is done to a running case, as entries of its log; and a log as answers again."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from wizard import __version__
from wizard.case.answers import Answer, Answers
from wizard.case.log import JSON, Did, Log, appended, folded
from wizard.case.raw import raw_answer
from wizard.exits import WrongUsageError
from wizard.pathway.model import Pathway
from wizard.pathway.problems import FileErrors, quoted
from wizard.record import Record, replace

if TYPE_CHECKING:
    from wizard.case.decisions import Decisions
    from wizard.case.files import Case

_STARTS: Final = (Did.BEGUN, Did.MOVED)
_FORMATS: Final = {
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
}
"""What a suffix stands for; what else is typed as one may be part of a name."""


class Stand(Record):
    """Where a running case stands: in which version of its pathway, its answers, its question."""

    pathway: Pathway
    answers: Answers
    asked: str | None


def begun(stand: Stand, at: datetime) -> Log:
    """The log of a case that begins here."""
    return appended((), Did.BEGUN, _whole(stand), at)


def stepped(log: Log, before: Stand, after: Stand, at: datetime, did: Did = Did.ANSWERED) -> Log:
    """The log after a step from one stand to the next; as it was where no answer changed.

    A log that is empty begins at the stand before.  `did` is what changed the answers: answered,
    undone, redone; that the version changed shows itself.
    """
    if after.pathway is not before.pathway:
        return moved_on(log, after, at)
    if after.answers == before.answers:
        return log
    log = log or begun(before, at)
    if did is not Did.ANSWERED:
        # The log knows where undo and redo lead; a case that moved among versions may not agree.
        then = appended(log, did, {}, at)
        if folded(then).now.answers == _raw(after):
            return then
    return appended(log, Did.ANSWERED, _change(before, after), at)


def digest_in(log: Log) -> str:
    """The digest of the pathway that the case was last in."""
    digests = (each.what.get("digest") for each in reversed(log) if each.did in _STARTS)
    return str(next(digests, None) or "")


def version_in(log: Log) -> str:
    """The pathway that the case was last in, and its version: `ID VERSION`."""
    starts = (each.what for each in reversed(log) if each.did in _STARTS)
    last = next(starts, {})
    return " ".join(str(last.get(key, "")) for key in ("pathway", "version"))


def check_pathway(log: Log, pathway: Pathway) -> None:
    """Raise WrongUsageError where the case of a log is in another pathway."""
    of, _, _ = version_in(log).partition(" ")
    if of != pathway.id:
        raise WrongUsageError(
            f"the case was left in the pathway {quoted(of)}, and this one is {pathway.id}"
        )


def gone_on(log: Log, stand: Stand, at: datetime) -> Log:
    """The log of a case that goes on, which says so where its pathway is another version now."""
    same = digest_in(log) == stand.pathway.digest
    return log if same else moved_on(log, stand, at)


def opened(log: Log, stand: Stand, at: datetime) -> Log:
    """The log of a saved case that is opened: it says so where its file was edited meanwhile."""
    if not log or digest_in(log) != stand.pathway.digest:
        return gone_on(log, stand, at)
    answers, _ = answers_of(folded(log).now.answers, stand.pathway)
    if answers == stand.answers:
        return log
    before = replace(stand, answers=answers)
    return appended(log, Did.EDITED, _change(before, stand), at)


def moved_on(log: Log, stand: Stand, at: datetime) -> Log:
    """The log after the case went on in another version; an empty one has not begun yet."""
    return appended(log, Did.MOVED, _whole(stand), at) if log else log


def with_entry(log: Log, stand: Stand, did: Did, what: Mapping[str, JSON], at: datetime) -> Log:
    """The log with something else that was done; an empty one begins at the stand."""
    return appended(log or begun(stand, at), did, what, at)


def format_of(path: PurePath) -> Mapping[str, JSON]:
    """What a log says of an export: its format alone, since a name may tell who somebody is."""
    form = _FORMATS.get(path.suffix.lower(), "txt")
    return {"format": form}


def recorded(log: Log, stand: Stand, record: "Decisions", at: datetime) -> Log:
    """The log with the team's record as it is now; an empty log begins at the stand."""
    from wizard.case.decision_files import record_data

    data: Mapping[str, Any] = record_data(record, stand.pathway) if record else {}
    return with_entry(log, stand, Did.RECORDED, {"record": data}, at)


def record_in(log: Log, pathway: Pathway) -> "Decisions | None":
    """The team's record as it was last; None where there is none, or it fits no more."""
    records = (each.what.get("record") for each in reversed(log) if each.did is Did.RECORDED)
    data = next(records, None)
    if not data:
        return None
    head = {"pathway": pathway.id, "digest": digest_in(log)}
    try:
        return _case({**head, "answers": {}, "record": data}, pathway).decisions
    except FileErrors:
        return None


def title_in(log: Log) -> str:
    """The title that was given last; empty where none was."""
    titles = (entry.what.get("title") for entry in reversed(log) if entry.did is Did.TITLED)
    return str(next(titles, None) or "")


def answers_of(raw: Mapping[str, JSON], pathway: Pathway) -> tuple[Answers, tuple[str, ...]]:
    """Raw answers in this version of their pathway, and the factors whose answers do not fit it.

    Ids of before are known by their `was`.
    """
    try:
        return _read(raw, pathway), ()
    except FileErrors:
        pass
    known: dict[str, Answer] = {}
    unfit = []
    for factor, answer in raw.items():
        try:
            known.update(_read({factor: answer}, pathway))
        except FileErrors:
            unfit.append(factor)
    return Answers.in_order(known, pathway.factors), tuple(unfit)


# --- parts -----------------------------------------------------------------------------------


def _read(raw: Mapping[str, JSON], pathway: Pathway) -> Answers:
    """The answers, all of which fit.  Raises CaseErrors."""
    # A file leaves out what is not known of an answer; in a log it is said.
    said = {factor: "unknown" if answer is None else answer for factor, answer in raw.items()}
    return _case({"answers": said}, pathway).answers


def _case(data: Mapping[str, JSON], pathway: Pathway) -> "Case":
    """What a log says, read by the rules of a case file.  Raises CaseErrors."""
    from wizard.case.files import read_case

    return read_case(json.dumps(data), pathway, "log")


def _whole(stand: Stand) -> dict[str, JSON]:
    pathway = stand.pathway
    return {
        "pathway": pathway.id,
        "version": pathway.version,
        "digest": pathway.digest,
        "tool": __version__,
        "answers": _raw(stand),
        "asked": stand.asked,
    }


def _raw(stand: Stand) -> dict[str, JSON]:
    factors = stand.pathway.factors
    return {name: raw_answer(factors[name], answer) for name, answer in stand.answers.items()}


def _change(before: Stand, after: Stand) -> dict[str, JSON]:
    old, new = _raw(before), _raw(after)
    # Not known is an answer, too: it is told from none by its key.
    changed = {name: raw for name, raw in new.items() if name not in old or old[name] != raw}
    gone = [name for name in old if name not in new]
    unset = {"unset": gone} if gone else {}
    return {"set": changed, **unset, "asked": after.asked}
