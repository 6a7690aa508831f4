"""Where the documents agree on a case, and the case as each document alone would have it."""

from typing import Final

from wizard.reasoning.agreement import OptionAgreement, Stand, agreement
from wizard.screen.case.options import OPTION
from wizard.screen.case.reasons import MORE
from wizard.screen.case.state import State
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, heading, item, spans, text
from wizard.wording.agreeing import (
    ABOUT_STANDS,
    STAND_WORDS,
    agreement_rows,
    document_rows,
    other_alerts,
)
from wizard.wording.notices import NOT_UNSUITABLE
from wizard.wording.text import counted, joined

_MARKS: Final = {Stand.MATCHES: "●", Stand.DEPENDS: "◐", Stand.DOES_NOT_MATCH: "○"}
_FOLDED: Final = (Stand.OTHER_CASES, Stand.NO_CONDITION, Stand.SILENT)
"""Only counted until the person asks for them: they do not settle anything."""


def documents_rows(state: State) -> tuple[Row, ...]:
    """The options on which documents differ, then each document's own lists."""
    agreed = agreement(state.situation.compiled, state.answers, state.assessment)
    rows = [*_differing(state, agreed), BLANK]
    rows.append(heading("THE CASE AS EACH DOCUMENT ALONE WOULD HAVE IT"))
    rows.append(text(f"{NOT_UNSUITABLE} {ABOUT_STANDS}", Tone.DIM, indent=2))
    for document in document_rows(state.pathway, agreed):
        short = state.pathway.sources[document.source].short
        rows += [BLANK, text(f"{document.source} · {short}", Tone.STRONG)]
        for stand, mark in _MARKS.items():
            if document.lists[stand]:
                named = Span(joined(document.lists[stand]))
                title = Span(f"{STAND_WORDS[stand]}: ", Tone.DIM)
                rows.append(item(mark, title, named, indent=2))
        rows += [
            _folded(state, each, document.lists[each]) for each in _FOLDED if document.lists[each]
        ]
    words = "Count them alone" if state.unfolded else "Name the options that are only counted"
    return (*rows, BLANK, item("m", Span(words), tone=Tone.KEY, target=MORE))


def _folded(state: State, stand: Stand, names: tuple[str, ...]) -> Row:
    every = "all " if len(names) == len(state.pathway.options) else ""
    named = joined(names) if state.unfolded else f"{every}{counted(len(names), 'option')}"
    return item("", Span(f"{STAND_WORDS[stand]}: {named}", Tone.DIM), indent=2)


def _differing(state: State, agreed: dict[str, OptionAgreement]) -> list[Row]:
    differing = {option: each for option, each in agreed.items() if each.difference}
    others = other_alerts(state.pathway, state.assessment)
    rows = [heading("WHERE THE DOCUMENTS DIFFER", str(len(differing) + len(others)))]
    if not differing and not others:
        rows.append(text("No two documents differ on an option for these answers.", indent=2))
    rows += [text(line, indent=2) for line in others]
    for row in agreement_rows(state.pathway, differing):
        rows.append(
            spans(Span("→ ", Tone.KEY), Span(row.label), indent=2, target=OPTION + row.option)
        )
        rows.append(text(row.says, indent=4))
        rows += [text(line, Tone.DIM, indent=4) for line in row.lines]
    return rows
