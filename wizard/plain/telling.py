"""What each command shows: lines of text about the case, an option or the pathway."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from wizard.case.answers import Answers
from wizard.pathway.model import Option, Pathway
from wizard.pathway.problems import printable, quoted
from wizard.plain.lines import section_page, wrapped
from wizard.plain.pages import help_page, lists_page, questions_page, tree_page
from wizard.plain.session import Session, case_of
from wizard.reasoning.case_diff import compare_cases
from wizard.reasoning.situation import Situation, situation
from wizard.reasoning.what_if import what_if, whole_case
from wizard.report.content import alerts_section
from wizard.report.explanation import (
    agreement_section,
    changes_sections,
    document_sections,
    reasons_sections,
    settling_sections,
    side_by_side_sections,
    what_if_sections,
)
from wizard.report.moment import Moment
from wizard.report.reading import about_sections, alert_page, option_sections, search_sections
from wizard.report.text import text_report
from wizard.wording.alerts import alert_texts
from wizard.wording.answers import factor_label, short_label
from wizard.wording.text import joined
from wizard.wording.walk import end_sentence, why_asked


def told(session: Session, word: str, rest: str, when: Moment) -> Iterable[str]:
    """What a command that moves nothing tells; `rest` is what was typed after its word."""
    if word == "result":
        return text_report(session.now, when, case_of(session)).splitlines()
    return _TELLS[word](session, rest)


def named(typed: str, labels: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The ids that are meant: by number from 1, or else by a name or the beginning of one.

    `labels` are the names of each id, in the order of the numbers.
    """
    ids = tuple(labels)
    if typed.isascii() and typed.isdecimal():
        number = int(typed) if len(typed) < 4 else 0
        return ids[number - 1 : number] if number else ()
    wanted = typed.casefold()
    names = {each: [name.casefold() for name in (each, *labels[each])] for each in ids}
    exact = tuple(each for each in ids if wanted in names[each])
    return exact or tuple(
        each for each in ids if any(name.startswith(wanted) for name in names[each])
    )


def question_named(typed: str, pathway: Pathway) -> str | None:
    """The one question that is meant; None where none or several are."""
    found = named(typed, _questions(pathway))
    return found[0] if len(found) == 1 else None


def option_named(typed: str, pathway: Pathway) -> str | None:
    """The one option that is meant; None where none or several are."""
    found = named(typed, _options(pathway))
    return found[0] if len(found) == 1 else None


# --- an option -------------------------------------------------------------------------------


def _of_option(
    page: Callable[[Situation, Option], Iterable[str]],
) -> Callable[[Session, str], Iterator[str]]:
    """The page of the option that is typed; the lists where none is meant, or several are."""

    def tell(session: Session, rest: str) -> Iterator[str]:
        pathway = session.now.pathway
        labels = _options(pathway)
        found = named(rest, labels)
        if len(found) == 1:
            yield from page(session.now, pathway.options[found[0]])
        else:
            yield from _unnamed(rest, labels) or ["Which option? Type its number or its name."]
            yield from lists_page(session.now)

    return tell


def _reasons(now: Situation, option: Option) -> Iterator[str]:
    explained = now.explained.options[option.id]
    yield from section_page(
        [*reasons_sections(now, explained), agreement_section(now, [explained])]
    )
    yield ""
    yield from wrapped(f"changes {option.label}: what would move it to another list.")


_why_option = _of_option(_reasons)


# --- a question ------------------------------------------------------------------------------


def _why(session: Session, rest: str) -> Iterable[str]:
    if rest:
        return _why_option(session, rest)
    if session.factor is None:
        return wrapped(end_sentence(session.now))
    return wrapped(why_asked(session.now, session.factor))


def _questions_of(session: Session, rest: str) -> Iterator[str]:
    yield from _unnamed(rest, _questions(session.now.pathway))
    yield from questions_page(session.now)


def _what_if(session: Session, rest: str) -> Iterable[str]:
    now = session.now
    factor = question_named(rest, now.pathway) if rest else session.current
    if factor is None:
        hint = "Type a question after it, such as what if 3; what if all takes every answer."
        return _unnamed(rest, _questions(now.pathway)) or wrapped(hint)
    found = what_if(now.compiled, now.answers, factor, now.assessment)
    return section_page(what_if_sections(now, [found]))


# --- the case --------------------------------------------------------------------------------


def _what_if_all(session: Session, _rest: str) -> Iterable[str]:
    now = session.now
    found = whole_case(now.compiled, now.answers, now.assessment)
    return section_page(what_if_sections(now, found))


def _compared(session: Session, _rest: str) -> Iterator[str]:
    same = session.kept == session.previous
    if session.previous is None and session.kept is None:
        yield from wrapped(
            "There is nothing to compare with yet: nothing has been answered, and no case was "
            "kept (keep)."
        )
    if session.previous is not None:
        also = " and as it was kept" if same else ""
        yield from _beside(session.now, session.previous, f"before the last answer{also}")
    if session.kept is not None and not same:
        yield from _beside(session.now, session.kept, "as it was kept")


def _beside(now: Situation, answers: Answers, which: str) -> Iterator[str]:
    before = situation(now.compiled, answers, now.today)
    found = compare_cases(now.compiled, answers, now.answers)
    yield ""
    yield from wrapped(f"First: the case {which}. Second: the case now.")
    if found.answers or found.moved:
        yield from section_page(side_by_side_sections(before, now, found))
    else:
        yield "Nothing differs."


def _alert_pages(session: Session, _rest: str) -> Iterable[str]:
    now = session.now
    alerts = [alert_page(now, alert) for alert in alert_texts(now)]
    return section_page(alerts or [alerts_section(now)])


def _search_pages(session: Session, rest: str) -> Iterable[str]:
    if not rest:
        return wrapped("Type words after it, such as search size")
    return section_page(search_sections(session.now, rest))


# --- names -----------------------------------------------------------------------------------


def _options(pathway: Pathway) -> dict[str, tuple[str, ...]]:
    return {option.id: (option.label, short_label(option)) for option in pathway.options.values()}


def _questions(pathway: Pathway) -> dict[str, tuple[str, ...]]:
    return {
        factor.id: (factor_label(factor), factor.label, factor.question)
        for factor in pathway.factors.values()
    }


def _unnamed(typed: str, labels: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Says that what was typed is not a known name; without anything typed, not a line."""
    if not typed:
        return []
    shown = printable(quoted(typed))
    found = named(typed, labels)
    if not found:
        return wrapped(f"{shown} is not the number or the beginning of the name of any of these.")
    return wrapped(f"{shown} may be {joined([labels[each][0] for each in found], 'or')}.")


_TELLS: Final[Mapping[str, Callable[[Session, str], Iterable[str]]]] = {
    "help": lambda session, _: help_page(session.now, session.factor),
    "why": _why,
    "back": lambda _, __: ["There is no question before this one."],
    "go": _questions_of,
    "lists": lambda session, _: lists_page(session.now),
    "option": _of_option(lambda now, option: section_page(option_sections(now, option.id))),
    "changes": _of_option(
        lambda now, option: section_page(changes_sections(now, now.explained.options[option.id]))
    ),
    "tree": _of_option(lambda now, option: tree_page(now, option.id)),
    "first": lambda session, _: section_page(settling_sections(session.now)),
    "what if": _what_if,
    "what if all": _what_if_all,
    "compare": _compared,
    "keep": lambda _, __: wrapped(
        "The case is kept as it is now; compare shows what differs later."
    ),
    "documents": lambda session, _: section_page(document_sections(session.now)),
    "alerts": _alert_pages,
    "search": _search_pages,
    "about": lambda session, _: section_page(
        about_sections(session.now.pathway, session.now.today)
    ),
}
"""Every command but those that move, write or end: session and what was typed after it."""
