"""Whatever is typed, and wherever the cursor is, each question has an answer."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.editor.views import small
from tests.pathway.overlays import SMALL
from wizard.editor.completing import offers_at
from wizard.editor.marks import marks
from wizard.editor.outline import outline
from wizard.editor.places import lines_of, words_of
from wizard.editor.renames import refusal
from wizard.editor.telling import told_at
from wizard.pathway.position import Position

FILES = {
    path.relative_to(SMALL).as_posix(): path.read_text("utf-8") for path in SMALL.rglob("*.yaml")
}
TYPED = st.text(
    st.one_of(st.sampled_from("[]{}:,-#'\"|>&*!?% \n\t\r"), st.characters()), max_size=8
)


@st.composite
def typed(draw: st.DrawFn) -> tuple[str, str, Position]:
    """A file with something typed into it, or out of it, and a place of the text or beyond it."""
    name = draw(st.sampled_from(sorted(FILES)))
    text = FILES[name]
    at = draw(st.integers(0, len(text)))
    behind = min(at + draw(st.integers(0, 30)), len(text))
    text = f"{text[:at]}{draw(TYPED)}{text[behind:]}"
    line = max(1, text.count("\n", 0, at) + 1 + draw(st.integers(-2, 2)))
    return name, text, Position(name, line, draw(st.integers(1, 60)))


@settings(max_examples=150, deadline=None)
@given(typed())
@example(("alerts.yaml", "\ud800falling:\n", Position("alerts.yaml", 1, 1)))
@example(("alerts.yaml", "f\r\r  level: a\n", Position("alerts.yaml", 1, 13)))
def test_no_text_is_too_broken_to_be_asked_about(case: tuple[str, str, Position]) -> None:
    name, text, position = case
    view = small(name, text)
    for found in marks(view).get(name, ()):
        assert found.place.line <= len(lines_of(text))
        assert len(words_of(text, found.place)) == found.place.length
    told = told_at(view, text, position)
    assert told is None or told.text
    named = view.names.at(text, position)
    if named is not None:
        assert words_of(text, named.place) == named.thing.name
        for place in (*view.names.defined(named.thing), *view.names.named(named.thing)):
            assert place.file in view.texts
    assert isinstance(refusal(view, named), str)
    offers = offers_at(view, text, position)
    assert all(offer.word for offer in offers.offers)
    for entry in outline(view.nodes.get(name), text):
        assert entry.last_line >= entry.place.line
