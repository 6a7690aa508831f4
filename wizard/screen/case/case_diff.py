"""The case beside itself as it was before: answers, options and alerts, differences marked."""

from collections.abc import Iterator, Sequence

from wizard.case.answers import Answers
from wizard.reasoning.case_diff import compare_cases
from wizard.report.explanation import compared_sections, side_by_side_sections
from wizard.screen.case.state import State
from wizard.screen.shared.outline import MORE, outline_rows
from wizard.screen.shared.pane import View
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, item, text
from wizard.wording.differences import DifferenceKind, difference_rows
from wizard.wording.outline import Item, Section, entries, section_of


def compare_view(state: State) -> View:
    """Against the case before the last answer, and as it was last kept or exported."""
    titles = (each.title for each in state.kept_cases if each.answers == state.kept)
    title = next(titles, None)
    last = "Since the last answer"
    kept = f"Since it was kept as “{title}”" if title else "Since it was kept or exported"
    sections: list[Section] = []
    same = state.kept == state.previous
    if state.previous is not None:
        sections += _against(
            state, f"{last}, {kept[0].lower()}{kept[1:]}" if same else last, state.previous
        )
    if state.kept is not None and not same:
        sections += _against(state, kept, state.kept)
    hint = text("K keeps the case as it is now, to compare it later.", Tone.DIM)
    return _beside_each_other(state, sections, (hint, BLANK) if state.kept is None else ())


def beside_view(state: State) -> View:
    """Two kept cases, or one of them and the present one, as `compare` tells two files."""
    one, other = state.beside
    situations = (state.situation.after(one.answers), state.situation.after(other.answers))
    found = compare_cases(state.situation.compiled, one.answers, other.answers)
    sections = side_by_side_sections(*situations, found, (one.title, other.title))
    titles = (f"First case: {one.title}", f"Second case: {other.title}")
    head = Section("The cases", ("A line with ≠ differs.",), entries(titles))
    return _beside_each_other(state, (head, *sections))


def _beside_each_other(
    state: State, sections: Sequence[Section], behind: tuple[Row, ...] = ()
) -> View:
    """Tables as wide as there is room, and the key that shows all of them."""
    words = "Show only what differs" if state.unfolded else "Show every line, also those alike"
    last = (*behind, item("m", Span(words), tone=Tone.KEY, target=MORE))
    short = not state.unfolded
    return lambda width, _cursor: (*outline_rows(sections, short=short, width=width), *last)


def _against(state: State, title: str, before: Answers) -> Iterator[Section]:
    found = compare_cases(state.situation.compiled, before, state.answers)
    yield Section(title, () if found.answers or found.moved else ("Nothing differs.",))
    columns = ("before", "now")
    yield from compared_sections(state.pathway, found, before, state.answers, columns)
    kinds = {DifferenceKind.AIM, DifferenceKind.SETTING}
    rows = (row for row in difference_rows(state.pathway, found.moved) if row.kind in kinds)
    items = (Item(row.says, mark=row.mark or "≠") for row in rows)
    yield from section_of("Aims and usual settings", "", items)
