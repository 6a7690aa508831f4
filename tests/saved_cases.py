"""Saved cases as the wizard writes them."""

from contextlib import suppress
from datetime import UTC, datetime

from wizard import __version__
from wizard.case.answers import Answer, Answers
from wizard.case.decisions import Decisions
from wizard.case.files import Case
from wizard.case.log import Did, Log, appended, digest_of
from wizard.case.made import made_in, measures_of
from wizard.case.raw import parse_answer, raw_answer
from wizard.case.rewriting import saved_text
from wizard.case.transitions import AnswerError
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Pathway
from wizard.reasoning.assessing import conclude
from wizard.reasoning.standing_then import standing_data, standing_of

AT = datetime(2026, 11, 27, 15, 41, 2, tzinfo=UTC)


def saved_case(compiled: Compiled, answers: Answers, title: str | None = None) -> str:
    """A case that was answered question by question and then saved, as its file has it."""
    pathway = compiled.pathway
    log = appended(
        (),
        Did.BEGUN,
        {
            "pathway": pathway.id,
            "version": pathway.version,
            "digest": pathway.digest,
            "tool": __version__,
            "answers": {},
        },
        AT,
    )
    for factor, answer in answers.items():
        raw = raw_answer(pathway.factors[factor], answer)
        log = appended(log, Did.ANSWERED, {"set": {factor: raw}}, AT)
    if title:
        log = appended(log, Did.TITLED, {"title": title}, AT)
    return as_saved(compiled, answers, log, title)


def as_saved(
    compiled: Compiled,
    answers: Answers,
    log: Log,
    title: str | None = None,
    decisions: Decisions | None = None,
) -> str:
    """A case with a log and what follows from its answers, as its file has it once it is saved."""
    pathway = compiled.pathway
    standing = standing_data(standing_of(pathway, conclude(compiled, answers)))
    log = appended(log, Did.SAVED, {"standing": digest_of(standing)}, AT)
    made, measures = made_in(pathway), measures_of(pathway, answers)
    case = Case(
        answers,
        title,
        made=made,
        measures=measures,
        decisions=decisions,
        standing=standing,
        log=log,
    )
    return saved_text(case, pathway)


def fitting(pathway: Pathway, given: Answers) -> Answers:
    """Of random answers those that a file can say, as it says them."""
    found: dict[str, Answer] = {}
    for name, answer in given.items():
        factor = pathway.factors[name]
        with suppress(AnswerError):
            found[name] = parse_answer(factor, raw_answer(factor, answer))
    return Answers(found)
