"""Small parts of sentences."""

from collections.abc import Sequence
from typing import Final

from wizard.pathway.problems import printable

_NUMBERS: Final = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def clean(text: str) -> str:
    """The text on one line, without anything that could steer a terminal or reorder letters."""
    return printable(" ".join(text.split()))


def short(label: str) -> str:
    """A label without the explanation in parentheses at its end."""
    before, opened, inside = label.rstrip().rpartition("(")
    if not opened or inside.find(")") != len(inside) - 1:
        return label
    return before.rstrip() or label


def named(label: str) -> str:
    """A label in quotation marks, in short."""
    return f"“{short(label)}”"


def joined(items: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; with semicolons where an item has such a list itself."""
    if len(items) < 2:
        return "".join(items)
    loose = any(mark in item for item in items for mark in (",", ";", " and ", " or "))
    if not loose:
        return f"{', '.join(items[:-1])} {last} {items[-1]}"
    mark = ", " if len(items) == 2 else "; "
    return f"{'; '.join(items[:-1])}{mark}{last} {items[-1]}"


def number_word(number: int) -> str:
    """`two`, `14`: in words as far as one reads them at a glance."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """`one option`, `three options`, `14 options`; `no options`."""
    return f"{number_word(number)} {one if number == 1 else many or f'{one}s'}"


def inside(label: str) -> str:
    """A label inside a sentence: its first letter small, unless it begins with an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def sentence(text: str) -> str:
    """The text with a capital first and a full stop (or what it has) last."""
    text = text.strip()
    if not text:
        return text
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!:" else ".")


def long_date(iso: str) -> str:
    """`2028-02-26` as `26 February 2028`, `2018-09` as `September 2018`, `2018` as it is."""
    parts = [int(part) for part in iso.split("-")]
    words = [str(parts[0])]
    if len(parts) > 1:
        words.insert(0, _MONTHS[parts[1] - 1])
    if len(parts) > 2:
        words.insert(0, str(parts[2]))
    return " ".join(words)
