"""Where the documents agree on a case, and the case as each document alone would have it."""

from typing import Final

from wizard.pathway.model import Status
from wizard.reasoning.agreement import OptionAgreement, agreement
from wizard.screen.rows import BLANK, Row, Span, Tone, heading, item, spans, text
from wizard.screen.state import State
from wizard.screen.views.options import OPTION
from wizard.screen.views.reasons import MORE
from wizard.wording.agreeing import agreement_rows, document_rows
from wizard.wording.notices import NOT_UNSUITABLE
from wizard.wording.text import counted, joined

_MARKS: Final = ("●", "◐", "○")
"""In the order of a document's lists: described, depends, not described."""


def documents_rows(state: State) -> tuple[Row, ...]:
    """The options on which documents differ, then each document's own lists."""
    agreed = agreement(state.situation.compiled, state.answers)
    rows = [*_differing(state, agreed), BLANK]
    rows.append(heading("THE CASE AS EACH DOCUMENT ALONE WOULD HAVE IT"))
    rows.append(text(f"{NOT_UNSUITABLE} Silent is not the same as against.", Tone.DIM, indent=2))
    for document in document_rows(state.pathway, agreed):
        short = state.pathway.sources[document.source].short
        rows += [BLANK, text(f"{document.source} · {short}", Tone.STRONG)]
        *spoken, (_, silent) = document.lists
        for mark, (title, names) in zip(_MARKS, spoken, strict=True):
            if names:
                named = Span(joined(names))
                rows.append(item(mark, Span(f"{title}: ", Tone.DIM), named, indent=2))
        rows += _silent(state, silent)
    words = (
        "Count them alone" if state.unfolded else "Name the options that a document is silent on"
    )
    return (*rows, BLANK, item("m", Span(words), tone=Tone.KEY, target=MORE))


def _silent(state: State, names: tuple[str, ...]) -> list[Row]:
    if not names:
        return []
    every = "all " if len(names) == len(state.pathway.options) else ""
    named = f": {joined(names)}" if state.unfolded else "."
    words = f"Silent on {every}{counted(len(names), 'option')}{named}"
    return [item("", Span(words, Tone.DIM), indent=2)]


def _differing(state: State, agreed: dict[str, OptionAgreement]) -> list[Row]:
    differing = {
        option: each for option, each in agreed.items() if each.differ is not Status.NOT_DESCRIBED
    }
    rows = [heading("WHERE THE DOCUMENTS DIFFER", str(len(differing)))]
    if not differing:
        rows.append(text("No two documents that speak of an option differ on it.", indent=2))
    for row in agreement_rows(state.pathway, differing):
        rows.append(
            spans(Span("→ ", Tone.KEY), Span(row.label), indent=2, target=OPTION + row.option)
        )
        rows.append(text(row.says, indent=4))
        rows += [text(line, Tone.DIM, indent=4) for line in row.lines]
    return rows
