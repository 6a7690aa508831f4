"""Where the documents agree on a case, and the case as each document alone would have it."""

from typing import Final

from wizard.reasoning.agreement import Stand
from wizard.screen.case.options import OPTION
from wizard.screen.case.reasons import MORE
from wizard.screen.case.state import State
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, heading, item, spans, text
from wizard.wording.agreeing import (
    ABOUT_STANDS,
    STAND_WORDS,
    alert_line,
    documents_agree,
    options_by_stand,
    stand_lines,
)
from wizard.wording.notices import NOT_UNSUITABLE
from wizard.wording.text import counted, joined

_MARKS: Final = {Stand.MATCHES: "●", Stand.DEPENDS: "◐", Stand.DOES_NOT_MATCH: "○"}
_FOLDED: Final = (Stand.OTHER_CASES, Stand.NO_CONDITION, Stand.SILENT)
"""Only counted until the person asks for them: they do not settle anything."""


def documents_rows(state: State) -> tuple[Row, ...]:
    """The options on which documents differ, then each document's own lists."""
    rows = [*_differing(state), BLANK]
    rows.append(heading("THE CASE AS EACH DOCUMENT ALONE WOULD HAVE IT"))
    rows.append(text(f"{NOT_UNSUITABLE} {ABOUT_STANDS}", Tone.DIM, indent=2))
    for source in state.pathway.sources.values():
        lists = options_by_stand(state.pathway, state.situation.explained.agreement, source.id)
        rows += [BLANK, text(f"{source.id} · {source.short}", Tone.STRONG)]
        for stand, mark in _MARKS.items():
            if lists[stand]:
                named = Span(joined(lists[stand]))
                title = Span(f"{STAND_WORDS[stand]}: ", Tone.DIM)
                rows.append(item(mark, title, named, indent=2))
        rows += [_folded(state, each, lists[each]) for each in _FOLDED if lists[each]]
    words = "Count them alone" if state.unfolded else "Name the options that are only counted"
    return (*rows, BLANK, item("m", Span(words), tone=Tone.KEY, target=MORE))


def _folded(state: State, stand: Stand, names: list[str]) -> Row:
    every = "all " if len(names) == len(state.pathway.options) else ""
    named = joined(names) if state.unfolded else f"{every}{counted(len(names), 'option')}"
    return item("", Span(f"{STAND_WORDS[stand]}: {named}", Tone.DIM), indent=2)


def _differing(state: State) -> list[Row]:
    explained = state.situation.explained
    differing = [each for each in explained.agreement.values() if each.difference]
    others = [alert_line(state.pathway, alert) for alert in explained.other_alerts]
    rows = [heading("WHERE THE DOCUMENTS DIFFER", str(len(differing) + len(others)))]
    if not differing and not others:
        rows.append(text("No two documents differ on an option for these answers.", indent=2))
    rows += [text(line, indent=2) for line in others]
    for each in differing:
        label = Span(state.pathway.options[each.option].label)
        rows.append(spans(Span("→ ", Tone.KEY), label, indent=2, target=OPTION + each.option))
        rows.append(text(documents_agree(each), indent=4))
        rows += [text(line, Tone.DIM, indent=4) for line in stand_lines(state.pathway, each)]
    return rows
