"""Every form of an outline tells all of it, in its order."""

import re
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from wizard.report import markdown, text
from wizard.screen.shared.outline import outline_rows, table_rows
from wizard.screen.shared.rows import lay_out
from wizard.wording.outline import Citation, Item, Report, Section, first_alone

WORDS = st.from_regex(r"[a-z]{1,12}", fullmatch=True)
CITATIONS = st.builds(Citation, WORDS, WORDS, WORDS, WORDS, WORDS)


def items(of: st.SearchStrategy[tuple[Item, ...]]) -> st.SearchStrategy[tuple[Item, ...]]:
    item = st.builds(
        Item,
        WORDS,
        of,
        st.booleans(),
        st.booleans(),
        st.sampled_from(["", "≠"]),
        st.lists(CITATIONS, max_size=2).map(tuple),
        st.sampled_from(["", "option:x"]),
    )
    return st.lists(item, max_size=3).map(tuple)


TREES = st.recursive(st.just(()), items, max_leaves=8)
PARTS = st.lists(WORDS, max_size=2).map(tuple)
SECTIONS = st.builds(Section, WORDS, PARTS, TREES, PARTS, st.none() | st.integers(0, 9))


def told(items: tuple[Item, ...]) -> Iterator[str]:
    """The words of entries, in their order."""
    for item in items:
        yield item.text
        for each in item.citations:
            yield from (each.claim, each.place, each.badge)
        yield from told(item.items)


def words(said: str) -> list[str]:
    return re.findall("[a-z]+", said.lower())


def on_the_screen(sections: list[Section]) -> str:
    lines = lay_out(outline_rows(sections), 200)
    return " ".join(span.text for line in lines for span in line.spans)


@given(SECTIONS)
def test_no_form_loses_a_word_or_moves_an_entry(section: Section) -> None:
    report = Report("title", (section,))
    entries = list(told(section.items))
    before = [section.title, *section.paragraphs]
    assert words(text.laid_out(report)) == ["title", *before, *section.remarks, *entries]
    assert words(markdown.laid_out(report)) == ["title", *before, *section.remarks, *entries]
    assert words(on_the_screen([section])) == [*before, *entries, *section.remarks]


def test_two_cells_stand_beside_each_other_or_one_under_the_other() -> None:
    same, other = Item("alike", cells=("a", "a")), Item("differs", mark="≠", cells=("a", "b"))
    section = Section("Answers", items=(same, other), columns=("first", "second"))
    lines = text.laid_out(Report("t", (section,))).splitlines()
    assert lines[-3:] == ["- ≠ differs", "  - first: a", "  - second: b"]
    assert "- alike: a" in lines
    for width, expected in ((80, "≠ differs a b"), (40, "≠ differs: a → b")):
        shown = [
            "".join(s.text for s in line.spans)
            for line in lay_out(table_rows(section, width), width)
        ]
        assert [" ".join(line.split()) for line in shown][-1] == expected


def test_an_entry_is_chosen_by_what_it_is_about() -> None:
    (_, row, _) = outline_rows([Section("t", items=(Item("Prune", about="option:prune"),))])
    assert row.target == "option:prune"


def test_in_short_what_is_left_out_is_counted_and_one_row_shows_it() -> None:
    entries = first_alone((Item("one"), Item("two"), Item("three")), 1)
    counted = Item("Silent: ash, elm", short="Silent: two")
    section = Section("t", (), (*entries, counted), more=("more leaf", "more leaves"))
    gone = Section("gone", items=first_alone((Item("four"),), 0))

    def told(*, short: bool) -> list[str]:
        lines = lay_out(outline_rows([section, gone], short=short), 80)
        return ["".join(span.text for span in line.spans).strip() for line in lines]

    assert told(short=True) == ["T", "· one", "· Silent: two", "m Two more leaves", ""]
    shown = ["T", "· one", "· two", "· three", "· Silent: ash, elm", "m In short again", ""]
    assert told(short=False) == [*shown, "GONE", "· four", ""]
