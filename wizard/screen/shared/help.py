"""The help of a place: where one is, what each key does, how the mouse serves, what marks mean."""

from collections.abc import Iterable, Iterator

from wizard.screen.shared.keys import Key
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, heading, item, text


def help_rows(
    where: str,
    keys: Iterable[tuple[Key, str | None]],
    hints: Iterable[str],
    marks: Iterable[tuple[str, str]],
) -> Iterator[Row]:
    """The help; beside each key stands why it cannot do anything now, or None."""
    yield text(where)
    yield BLANK
    yield heading("KEYS")
    for key, refused in keys:
        yield _key_row(key, refused)
    for hint in (*hints, "Hold shift (or option) to select text with the mouse."):
        yield text(hint, indent=2)
    yield BLANK
    yield heading("MARKS")
    for mark, words in marks:
        yield item(mark, Span(words), tone=Tone.STRONG, indent=2, width=5)


def _key_row(key: Key, refused: str | None) -> Row:
    tone = Tone.DIM if refused else Tone.PLAIN
    words = f"{key.tooltip} ({refused.rstrip('.')})" if refused else key.tooltip
    display = Span(key.display, Tone.DIM if refused else Tone.KEY)
    return Row((Cell((), 2), Cell((display,), 11), Cell((Span(words, tone),))))
