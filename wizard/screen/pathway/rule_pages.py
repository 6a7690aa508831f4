"""The pages of what has trees: questions, options, shared trees and alerts."""

from collections.abc import Iterator
from typing import Final

from wizard.pathway.factors import DerivedFactor, Factor, MultiFactor, NumberFactor, named_values
from wizard.pathway.model import CARD_ROWS, Alert, Option, Status
from wizard.pathway.ranges import with_unit
from wizard.screen.pathway.parts import (
    assumed,
    cited_rows,
    lead_row,
    note_row,
    outlined,
    quotes,
    title_row,
    tree_rows,
    try_row,
    written_row,
)
from wizard.screen.pathway.state import DESCRIBING, Browsing, Kind
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, heading, item, text
from wizard.wording.answers import factor_label, groups_of_members, listed_answers
from wizard.wording.deriving import worked_out_from
from wizard.wording.options import ROW_TITLES
from wizard.wording.outline import Item, Section, entries
from wizard.wording.points import points_lines, sums_lines
from wizard.wording.resting import asking_sections, using_sections
from wizard.wording.sources import citations
from wizard.wording.statuses import LEVEL_WORDS
from wizard.wording.text import counted, joined, sentence

_STATUS: Final = {
    Status.DESCRIBED: "described",
    Status.POSSIBLE: "still possible",
    Status.NOT_DESCRIBED: "not described",
}

# --- questions -------------------------------------------------------------------------------


def factor_rows(state: Browsing, name: str) -> Iterator[Row]:
    """A question: its answers, where it applies, who asks it, and what it rests on."""
    pathway = state.pathway
    factor = pathway.factors[name]
    step = next((each.label for each in pathway.steps if name in each.factors), "")
    yield title_row(factor.label, step)
    yield text(factor.question)
    yield BLANK
    yield from outlined(Section("", _about(factor, worked_out_from(pathway, factor))))
    yield from outlined(*_answers(state, factor))
    if factor.applies_when is not None:
        yield heading("IT APPLIES WHERE")
        yield from tree_rows(state, factor.applies_when, "it applies", "it does not")
    if isinstance(factor, DerivedFactor):
        yield from _worked_out(state, factor)
    asked = asking_sections(pathway, name)
    yield from outlined(*(asked or (Section("Asked by", ("No tree and no condition asks it.",)),)))
    claims = Section("It rests on", items=quotes(state, factor.claims))
    yield from outlined(claims, assumed(state, factor.assumes))
    yield written_row(factor.position, name, factor.also)


def _about(factor: Factor, worked_out: str) -> tuple[str, ...]:
    """What is to be known of a question, a paragraph each."""
    told = [factor.help]
    match factor:
        case NumberFactor():
            number = "A whole number" if factor.whole else "A number"
            ends = with_unit(factor, f"{factor.minimum} to {factor.maximum}")
            told.append(f"{number}, {ends}.")
        case DerivedFactor():
            told.append(sentence(worked_out))
        case MultiFactor():
            told.append("Each member is present, absent or not known.")
    if factor.not_done is not None:
        told.append(f"That it was not done is an answer: {factor.not_done}.")
    if factor.fixed:
        told.append("A fact that cannot change.")
    if factor.record_only is not None:
        told.append(f"Recorded only: {factor.record_only}")
    return tuple(filter(None, told))


def _answers(state: Browsing, factor: Factor) -> Iterator[Section]:
    own = named_values(factor)
    every = {**own, **listed_answers(factor)}
    claims = {key: quotes(state, value.claims) for key, value in own.items()}
    items = (
        Item(value.label, (*entries([value.help]), *claims.get(key, ())), strong=True)
        for key, value in every.items()
    )
    title = "Members" if isinstance(factor, MultiFactor) else "Answers"
    yield Section(title, items=tuple(items), count=len(every))
    if isinstance(factor, MultiFactor):
        yield Section("Groups", items=entries(groups_of_members(factor)))


def _worked_out(state: Browsing, factor: DerivedFactor) -> Iterator[Row]:
    """How a derived factor comes to each of its values."""
    for value, rule in factor.rules.items():
        yield heading(f"{factor.values[value].label}: WHERE IT IS WORKED OUT")
        yield from tree_rows(state, rule, "it is", "it is not")
    if not factor.points:
        return
    yield heading("POINTS")
    for points in factor.points:
        asked = state.pathway.factors[points.factor]
        yield lead_row(Kind.FACTOR, asked.id, factor_label(asked))
        yield from (text(line, indent=6) for line in points_lines(asked, points))
    yield from (item("=", Span(line), indent=2) for line in sums_lines(factor))
    yield BLANK


# --- options ---------------------------------------------------------------------------------


def option_rows(state: Browsing, name: str) -> Iterator[Row]:
    """An option: its statements with their trees, its card, its alerts."""
    option = state.pathway.options[name]
    yield title_row(option.label, state.pathway.groups[option.group].label)
    yield note_row(_in_figures(option))
    yield BLANK
    yield from _statements(state, option)
    yield from _setting(state, option)
    yield from _aims(state, option)
    alerts = tuple(
        Item(each.title, entries([LEVEL_WORDS[each.level]]), about=f"{Kind.ALERT}:{each.id}")
        for each in state.pathway.alerts.values()
        if name in each.about or (each.check is not None and name in each.check.options)
    )
    named = [*option.assumes]
    named += [each for line in option.statements.values() for each in line.assumes]
    named += [each for line in option.excludes.values() for each in line.assumes]
    yield from outlined(
        *(_card(state, option, row) for row in CARD_ROWS),
        Section("Alerts about it", items=alerts, count=len(alerts)),
        assumed(state, named),
    )
    if state.cases:
        yield lead_row(Kind.CASE, f"{DESCRIBING}{name}", "Cases that expect it", indent=0)
        yield BLANK
    yield written_row(option.position, name, option.also)


def _in_figures(option: Option) -> str:
    sources = len({each.source for each in option.statements.values()})
    parts = [f"{counted(len(option.statements), 'statement')} of {counted(sources, 'document')}"]
    if option.excludes:
        parts.append(f"{counted(len(option.excludes), 'sentence')} on whom it is not meant for")
    return sentence(joined(parts))


def _statements(state: Browsing, option: Option) -> Iterator[Row]:
    """Each statement and each exclusion with its claims, a case to try it with, and its tree."""
    sources = state.pathway.sources
    for each in option.statements.values():
        words = f"{sources[each.source].short} describes it where this holds"
        yield item("●", Span(words, Tone.STRONG), tone=Tone.ACCENT)
        yield from cited_rows(state, each.every_claim)
        yield try_row("Try it: a case that meets this", "statement", option.id, each.id)
        yield from tree_rows(state, each.rule)
        for aim in each.aims:
            yield item("·", Span(f"Aim: {aim.label}"), indent=2)
            yield from cited_rows(state, aim.every_claim)
            if aim.when is not None:
                yield from tree_rows(state, aim.when, "an aim", "not an aim")
            else:
                yield BLANK
    for other in option.excludes.values():
        words = f"{sources[other.source].short} says that it is not for such a case"
        yield item("−", Span(words, Tone.STRONG), tone=Tone.CAUTION)
        yield from cited_rows(state, other.every_claim)
        yield try_row("Try it: a case of which it says so", "exclusion", option.id, other.id)
        yield from tree_rows(state, other.when, "not meant for it", "says nothing")


def _setting(state: Browsing, option: Option) -> Iterator[Row]:
    setting = option.usual_setting
    if setting is not None:
        yield heading("USUAL SETTING")
        yield text(setting.label, indent=2)
        yield from cited_rows(state, setting.every_claim)
        yield from tree_rows(state, setting.rule, "met", "not met")


def _aims(state: Browsing, option: Option) -> Iterator[Row]:
    """The aims that go with any of the statements."""
    for aim in option.aims:
        yield heading("AIM")
        yield text(aim.label, indent=2)
        yield from cited_rows(state, aim.every_claim)
        if aim.when is None:
            yield note_row("Wherever it is described.", indent=2)
            yield BLANK
        else:
            yield from tree_rows(state, aim.when, "an aim", "not an aim")


def _card(state: Browsing, option: Option, row: str) -> Section:
    notes = (
        Item(f"Note: {each.says}", citations=citations(state.pathway, each.claims, state.today))
        for each in option.notes
        if (each.row or "background") == row
    )
    return Section(ROW_TITLES[row], items=(*notes, *quotes(state, option.card.get(row, ()))))


# --- shared trees and alerts -----------------------------------------------------------------


def shared_rows(state: Browsing, name: str) -> Iterator[Row]:
    """A shared tree, and who goes on with it."""
    shared = state.pathway.shared[name]
    yield title_row(shared.label, "a tree that others go on with")
    yield BLANK
    yield from tree_rows(state, shared.rule, "it holds", "it does not")
    users = using_sections(state.pathway, name)
    yield from outlined(*(users or (Section("Used by", ("No rule goes on with it.",)),)))
    claims = Section("It rests on", items=quotes(state, shared.claims))
    yield from outlined(claims, assumed(state, shared.assumes))
    yield written_row(shared.position, name)


def alert_rows(state: Browsing, name: str) -> Iterator[Row]:
    """An alert: when it comes up, what it is about, and what it rests on."""
    pathway = state.pathway
    alert = pathway.alerts[name]
    yield title_row(alert.title, LEVEL_WORDS[alert.level])
    if alert.says:
        yield text(alert.says)
    yield BLANK
    yield from _rules_of_alert(state, alert)
    about = tuple(
        Item(
            pathway.options[option].label,
            entries([f"where it is {joined([_STATUS[each] for each in statuses], 'or')}"]),
            about=f"{Kind.OPTION}:{option}",
        )
        for option, statuses in alert.about.items()
    )
    yield from outlined(
        Section("It is about", items=about, count=len(about)),
        Section("It rests on", items=quotes(state, alert.every_claim)),
        assumed(state, alert.assumes),
    )
    yield written_row(alert.position, name, alert.also)


def _rules_of_alert(state: Browsing, alert: Alert) -> Iterator[Row]:
    if alert.answer_to is not None:
        factor = state.pathway.factors[alert.answer_to]
        yield text("It comes up where this is answered otherwise than it is worked out:")
        yield lead_row(Kind.FACTOR, factor.id, factor_label(factor))
        yield BLANK
        return
    yield heading("WHEN IT COMES UP")
    yield try_row("Try it: a case that brings it up", "alert", alert.id)
    yield from tree_rows(state, alert.when, "it applies", "it does not")
    if alert.unless is not None:
        yield heading("UNLESS THIS IS CERTAIN")
        yield from tree_rows(state, alert.unless, "silenced", "it stays")
    check = alert.check
    if check is None:
        return
    yield heading("TO CHECK, WHILE IT IS NOT KNOWN WHETHER IT APPLIES")
    for option, statuses in check.options.items():
        stands = f"is {joined([_STATUS[each] for each in statuses], 'or')}"
        yield lead_row(Kind.OPTION, option, state.pathway.options[option].label, stands)
    for rule, words in ((check.certain, "certain"), (check.possible, "not ruled out")):
        if rule is not None:
            yield note_row(f"and this is {words}:", indent=2)
            yield from tree_rows(state, rule, "it is", "it is not")
    if check.certain is None and check.possible is None:
        yield BLANK
