"""The team's own record in words: always marked as the team's, with what the documents said beside.

What a person typed is quoted as it is; nothing of it is taken for a sentence of the tool.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from wizard.case.answers import Unknown
from wizard.case.decisions import (
    Choice,
    Decision,
    Decisions,
    Departure,
    Stood,
    ToFindOut,
    departure,
    other_answers,
)
from wizard.pathway.model import Pathway, Status
from wizard.reasoning.situation import Situation
from wizard.wording.answers import answer_text, colon, factor_label
from wizard.wording.differences import STATUS_WORDS
from wizard.wording.outline import Item, Section, entries
from wizard.wording.personal import personal_doubt
from wizard.wording.text import counted, long_date

TITLE: Final = "The team's own record, not from any document"
ABOUT: Final = (
    "Choices and words of the team that uses the tool. No document says them, and nothing else "
    "here follows from them."
)
CHOICE_WORDS: Final[Mapping[Choice | None, str]] = {
    Choice.CHOSEN: "chosen",
    Choice.NOT_CHOSEN: "not chosen",
    Choice.DEFERRED: "deferred",
    None: "nothing said",
}
NO_REASON: Final = "no reason given"
OTHER_ANSWERS: Final = "It was made for other answers."
MOVED: Final = "What the documents described has moved since it was made."
NO_OWNER: Final = "no role named"


def record_section(situation: Situation, record: Decisions) -> Section:
    """The record in full."""
    decided = tuple(_decision(situation, record, each) for each in record.options)
    asked = entries(
        f"{number}. {to_find_out_text(situation, each)}"
        for number, each in enumerate(record.find_out, 1)
    )
    return Section(
        TITLE,
        (ABOUT, f"{date_text(record)} {silent_text(situation.pathway, record)}".strip()),
        (
            *made_for(situation, record),
            *_moved_since(situation, record),
            *decided,
            *((Item("To find out:", asked, strong=True),) if asked else ()),
        ),
        about="record",
    )


def date_text(record: Decisions) -> str:
    """Of when the record is."""
    if record.date is None:
        return "It has no date."
    return f"Of {long_date(record.date.isoformat())}."


def silent_text(pathway: Pathway, record: Decisions) -> str:
    """Of how many options the record says nothing."""
    silent = len(pathway.options.keys() - {each.option for each in record.options})
    return f"It says nothing of {counted(silent, 'option')}." if silent else ""


def made_for(situation: Situation, record: Decisions) -> tuple[Item, ...]:
    """For which answers and version the record was made, where these are other ones now."""
    stood, pathway = record.stood, situation.pathway
    if stood is None:
        return (Item("It does not say for which answers it was made."),)
    told = []
    if answers := entries(_answers_then(situation, record, stood)):
        told.append(Item(OTHER_ANSWERS, answers, strong=True))
    if stood.digest != pathway.digest:
        told.append(
            Item(f"It was made in version {stood.version} of the pathway, SHA-256 {stood.digest}.")
        )
    return tuple(told)


def status_then(record: Decisions, option: str) -> Status | None:
    """Where an option stood when the record was made; None where it does not say."""
    return None if record.stood is None else record.stood.statuses.get(option)


def stands_otherwise(situation: Situation, record: Decisions) -> bool:
    """Whether a record was made for other answers, or where options stood elsewhere."""
    stood = record.stood
    if stood is None:
        return False
    return bool(other_answers(record, situation.answers)) or any(_moved(situation, stood))


def stale_text(situation: Situation, record: Decisions) -> str:
    """What a record was made for that does not stand any more, in short; else empty."""
    if other_answers(record, situation.answers):
        return OTHER_ANSWERS
    return MOVED if stands_otherwise(situation, record) else ""


def status_now(situation: Situation, option: str) -> Status | None:
    """Where an option stands now; None where this version of the pathway lacks it."""
    found = situation.assessment.options.get(option)
    return None if found is None else found.status


def departs(situation: Situation, record: Decisions, said: Decision) -> Departure | None:
    """How a decision departs from what was described when it was made."""
    status = status_then(record, said.option) or status_now(situation, said.option)
    return None if status is None else departure(said.choice, status)


def departure_text(departs: Departure) -> str:
    """How a choice departs from what is described."""
    match departs:
        case Departure.BEYOND:
            return "goes beyond what is described"
        case Departure.AGAINST:
            return "described, and not chosen"


def documents_text(situation: Situation, record: Decisions, option: str) -> str:
    """Where an option stood by the documents when it was recorded, and where it stands now."""
    then, now = status_then(record, option), status_now(situation, option)
    present = "not an option of this version" if now is None else STATUS_WORDS[now]
    if then is None or then is now:
        return present
    return f"{STATUS_WORDS[then]} then, {present} now"


def to_find_out_text(situation: Situation, asked: ToFindOut) -> str:
    """Something to find out, with the role of its owner."""
    owner = f"owner: {quoted(asked.owner)}" if asked.owner else NO_OWNER
    if asked.factor is None:
        return f"{quoted(asked.question)} ({owner})"
    answer = situation.answers.get(asked.factor)
    known = answer is not None and not isinstance(answer, Unknown)
    since = "; answered by now" if known else ""
    return f"{factor_label(situation.pathway.factors[asked.factor])} ({owner}{since})"


def option_label(pathway: Pathway, option: str) -> str:
    """What an option of a record is called; one that this version lacks by its id."""
    found = pathway.options.get(option)
    return option if found is None else found.label


def quoted(words: str) -> str:
    """Words of the team, in quotation marks that nothing in them can close."""
    inner = words.replace("“", "‘").replace("”", "’")
    return f"“{inner}”"


def personal_lines(record: Decisions) -> tuple[str, ...]:
    """A warning for each part of the record that looks as if it told who somebody is."""
    said = {each.option: each.reason for each in record.options}
    said |= {
        f"find_out, entry {number}": f"{each.question} {each.owner}"
        for number, each in enumerate(record.find_out, 1)
    }
    doubts = ((where, personal_doubt(text)) for where, text in said.items())
    return tuple(f"record, {where}: {doubt}" for where, doubt in doubts if doubt)


# --- parts -----------------------------------------------------------------------------------


def _moved_since(situation: Situation, record: Decisions) -> Iterator[Item]:
    """What stood otherwise when the record was made; that nothing did, where that is not plain."""
    if record.stood is None:
        return
    if moved := entries(_moved(situation, record.stood)):
        yield Item("What the documents described has moved since then:", moved, strong=True)
    elif made_for(situation, record):
        yield Item("Every option stood then where it stands now.")


def _decision(situation: Situation, record: Decisions, said: Decision) -> Item:
    label = option_label(situation.pathway, said.option)
    found = departs(situation, record, said)
    reason = f"Reason: {quoted(said.reason)}" if said.reason else ""
    if found is not None:
        told = departure_text(found).capitalize()
        reason = f"{told}. {reason}" if reason else f"{told}; {NO_REASON}."
    documents = f"Documents: {documents_text(situation, record, said.option)}."
    return Item(f"{label}: {CHOICE_WORDS[said.choice]}", entries((reason, documents)), strong=True)


def _answers_then(situation: Situation, record: Decisions, stood: Stood) -> Iterator[str]:
    others = other_answers(record, situation.answers)
    for factor in situation.pathway.factors.values():
        if factor.id in others:
            then = answer_text(factor, stood.answers.get(factor.id))
            now = answer_text(factor, situation.answers.get(factor.id))
            yield f"{colon(factor_label(factor))} {then} then, {now} now"


def _moved(situation: Situation, stood: Stood) -> Iterator[str]:
    for option in situation.pathway.options.values():
        then, now = stood.statuses.get(option.id), status_now(situation, option.id)
        if now is not None and then is not now:
            before = "not an option" if then is None else STATUS_WORDS[then]
            yield f"{colon(option.label)} {before} then, {STATUS_WORDS[now]} now"
    for name, then in stood.statuses.items():
        if name not in situation.pathway.options:
            yield f"{name}: {STATUS_WORDS[then]} then, not an option now"
