"""The edges of the screen: the header, the crisis alert, and the keys or a message."""

from collections.abc import Collection, Sequence
from typing import Final

from rich.cells import cell_len

from wizard.pathway.model import Pathway
from wizard.screen.shared.keys import PLACE_KEYS, Key, Place
from wizard.screen.shared.rows import CUT_MARK, Cell, Row, Span, Tone, one_line, shorten, width_of
from wizard.wording.notices import documents_line, review_in_short, review_line
from wizard.wording.text import inside

ACTION: Final = "do:"
"""Begins the target of a command."""

_USE: Final = f"{ACTION}intended_use"

_FOREIGN: Final = "Not the pathway that came with the tool"
_WIDE: Final = 120
"""From this width on a tab shows its key."""
_NARROW: Final = 60
"""Below this width a tab shows its key alone, unless it is the one in front."""


def header_rows(
    pathway: Pathway, width: int, here: Place, places: Collection[Place], caution: str = ""
) -> tuple[Row, ...]:
    """The tabs, what the pathway is, what the wizard does not do, and what to know of the files.

    A click opens the intended use, on a tab its place.
    """
    tabs = _tabs(here, places, width)
    room = width - width_of(tabs)
    stamp = (Span(f" {pathway.title}", Tone.STRONG), Span(f" {pathway.version}", Tone.STRONG))
    if width_of(stamp) + 2 > room:
        first = cell_len(f" {pathway.title.split()[0]}{CUT_MARK}")
        version = stamp[1:] if first + width_of(stamp[1:]) <= room else ()
        short = shorten(stamp[:1], room - width_of(version))
        rows = [Row((Cell(tabs, width_of(tabs)), Cell((*short, *version), cut=True)), _USE)]
    else:
        rows = [one_line(*tabs, *stamp, *_remarks(pathway, room - width_of(stamp)), target=_USE)]
    foreign = "" if pathway.shipped else f"{_FOREIGN}: {pathway.folder}"
    if told := " · ".join(each for each in (caution, foreign) if each):
        rows.append(one_line(Span(f" {told}", Tone.CAUTION)))
    return tuple(rows)


def _tabs(here: Place, places: Collection[Place], width: int) -> tuple[Span, ...]:
    """A tab for each place where there is more than one: this one in marks, others by their key."""
    if len(places) < 2:
        return ()
    shown = [Span(" ")]
    for place in places:
        key = PLACE_KEYS[place]
        if place is here:
            shown.append(Span(f"‹{key.label}› ", Tone.ACCENT))
            continue
        target = ACTION + key.action
        if width >= _WIDE or width < _NARROW:
            shown.append(Span(f"{key.display} ", Tone.KEY, target))
        if width >= _NARROW:
            shown.append(Span(f"{key.label} ", Tone.DIM, target))
    return (*shown, Span(" ")) if width >= _WIDE else _without_gap(shown)


def _without_gap(parts: Sequence[Span]) -> tuple[Span, ...]:
    return (*parts[:-1], parts[-1]._replace(text=parts[-1].text.rstrip()))


def _remarks(pathway: Pathway, room: int) -> tuple[Span, ...]:
    """What must be known beside the name, as much as there is room for."""
    review = review_line(pathway).rstrip(".")
    if pathway.reviewed is None:
        review = "no clinician has reviewed it"
    if 5 + cell_len(review) > room:
        review = review_in_short(pathway)
    parts = [
        review,
        "describes only; the MDT decides",
        documents_line(pathway),
    ]
    shown: list[Span] = []
    for number, part in enumerate(parts):
        if width_of(shown) + 3 + cell_len(part) + 2 * (number + 1 < len(parts)) > room:
            shown.append(Span(f" {CUT_MARK}", Tone.DIM))
            break
        shown.append(Span(f"   {part}", Tone.DIM))
    return tuple(shown)


def footer_rows(
    keys: tuple[Key, ...],
    refused: frozenset[str],
    message: str,
    width: int,
    needed: frozenset[str] = frozenset(),
) -> tuple[Row, ...]:
    """The keys, each of which can be clicked; a message stands above them until the next key.

    Actions that are `needed` have a line of their own where not all fit on one.
    """
    told = (Row((Cell((), 1), Cell((Span(message, Tone.STRONG),)))),) if message else ()
    shown = _fitting(keys, width)
    if needed <= {key.action for key in shown}:
        return (*told, _keys_row(shown, refused, width, 2))
    first = tuple(key for key in keys if key.action in needed)
    rest = _fitting(tuple(key for key in keys if key not in first), width)
    return (*told, _keys_row(first, refused, width, 1), _keys_row(rest, refused, width, 2))


def _keys_row(keys: Sequence[Key], refused: frozenset[str], width: int, least: int) -> Row:
    shown: list[Span] = [Span(" ")]
    gap = Span(" " * next((gap for gap in (3, 2) if _length(keys, gap) <= width), least))
    for key in keys:
        tone = Tone.DIM if key.action in refused else Tone.KEY
        target = ACTION + key.action
        shown.append(Span(key.display, tone, target))
        shown += [Span(f" {inside(key.label)}", Tone.DIM, target), gap]
    return one_line(*shown[:-1])


def _fitting(keys: tuple[Key, ...], width: int) -> tuple[Key, ...]:
    """The keys that fit: the first, and from the end help and quit, stay longest."""
    kept = list(keys)
    while len(kept) > 3 and _length(kept, 2) > width:
        del kept[1]
    return tuple(kept)


def _length(keys: Sequence[Key], gap: int) -> int:
    return 1 - gap + sum(len(key.display) + 1 + len(key.label) + gap for key in keys)
