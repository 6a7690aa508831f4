"""What can be concluded from the documents together, and from each alone."""

from typing import Final

from wizard.reasoning.agreement import Stand
from wizard.record import replace
from wizard.report.explanation import agreement_section, documents_alone, settling_sections
from wizard.screen.case.state import State
from wizard.screen.case.targets import OPTION
from wizard.screen.shared.outline import MORE, outline_rows
from wizard.screen.shared.rows import Row, Span, Tone, item
from wizard.wording.outline import Section

_MARKS: Final = {Stand.MATCHES: "●", Stand.DEPENDS: "◐", Stand.DOES_NOT_MATCH: "○"}


def first_rows(state: State) -> tuple[Row, ...]:
    """What is settled whatever is missing, and the open questions by what they settle."""
    now, first = settling_sections(state.situation)
    line, *notices = now.paragraphs
    names = Section("Which options", (), now.items, tuple(notices))
    return outline_rows([replace(now, paragraphs=(line,), items=()), first, names])


def documents_rows(state: State) -> tuple[Row, ...]:
    """The options on which documents differ, then each document's own lists."""
    explained = state.situation.explained
    options = [each for each in explained.options.values() if each.agreement.difference]
    agreed = agreement_section(state.situation, options)
    about, *others = agreed.paragraphs
    leads = tuple(
        replace(entry, about=OPTION + each.option)
        for entry, each in zip(agreed.items, options, strict=True)
    )
    count = len(leads) + len(others)
    told = others if count else ["No two documents differ on an option for these answers."]
    differ = Section("Where the documents differ", tuple(told), leads, (about,), count)
    words = "Count them alone" if state.unfolded else "Name the options that are only counted"
    return (
        *outline_rows([differ, documents_alone(state.situation, _MARKS)], short=not state.unfolded),
        item("m", Span(words), tone=Tone.KEY, target=MORE),
    )
