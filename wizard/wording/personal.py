"""What in a title or a note looks as if it told who somebody is.

It warns, and refuses nothing: a form can look like a number of a person and be none, and a name is
not found at all.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

NO_PERSON: Final = "No names or numbers of a person."

_MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTH: Final = rf"(?:{_MONTHS})[a-z]*\.?"
_YEAR: Final = r"(?:19|20)\d\d"
_CENTURIES: Final = ("19", "20")
_TEN_DIGITS: Final = re.compile(r"(?<!\d)(?<!\+)\d(?:[ -]{0,2}\d){9}(?!\d)")
_NUMBERS: Final = re.compile(
    r"(?<![\d.,/-])(\d{1,4})([./ -])(\d{1,2})([./ -])(\d{1,4})(?![\d]|[.,/-]\d| ?(?:mm|cm|%))"
)
_WORDS: Final = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ ./-]?{_MONTH},?[ ./-]?(?:{_YEAR}|\d\d)\b"
    rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}\b"
    rf"|(?<!\d){_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
    r"|\b(?:born|dob|d\.o\.b\.?|date of birth)\b.{0,12}\d\d",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_TELEPHONE: Final = re.compile(
    r"\+\d(?:[ ()./-]{0,2}\d){7,}"
    r"|(?<![\d.,])\(?0\d(?:[ ()/-]{0,2}\d){7,}"
    r"|(?<!\d)(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[.-]\d{4}(?!\d)"
)


def looks_personal(text: str) -> str | None:
    """What in a text looks as if it told who somebody is: `an NHS number`; None where nothing."""
    plain = _plain(text)
    return next((what for what, found in _LOOKS_LIKE.items() if found(plain)), None)


def personal_doubt(text: str) -> str:
    """The sentence that warns of what `looks_personal` finds; empty where it finds nothing."""
    looks = looks_personal(text)
    return f"This looks like {looks}." if looks else ""


# --- parts -----------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """The text with plain digits, blanks and dashes in place of every other kind of them."""
    return "".join(
        "-" if unicodedata.category(letter) == "Pd" else " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFKC", text)
    )


def _has_nhs_number(text: str) -> bool:
    return any(_is_nhs_number(found[0]) for found in _TEN_DIGITS.finditer(text))


def _is_nhs_number(written: str) -> bool:
    """Whether ten digits have the check digit of the NHS number.

    Modulus 11, as the NHS Data Dictionary gives it; numbers of Scotland (CHI) and Northern Ireland
    (H&C) have the same.
    """
    digits = [int(letter) for letter in written if letter.isdecimal()]
    total = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    # Where 10 is left over no number is given out, and no digit equals it.
    return -total % 11 == digits[-1]


def _has_date(text: str) -> bool:
    numbers = (found.groups() for found in _NUMBERS.finditer(text))
    return any(_is_date(*each) for each in numbers) or _WORDS.search(text) is not None


def _is_date(first: str, sign: str, second: str, again: str, third: str) -> bool:
    """Whether three numbers are day, month and year, in the order of some country."""
    if again != sign:
        return False
    if len(first) == 4:
        return first[:2] in _CENTURIES and len(third) < 3 and _day_and_month(third, second)
    short_year = len(third) == 2 and sign != " "
    long_year = len(third) == 4 and third[:2] in _CENTURIES
    fits = _day_and_month(first, second) or _day_and_month(second, first)
    return (short_year or long_year) and fits


def _day_and_month(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _holds(form: re.Pattern[str], text: str) -> bool:
    return form.search(text) is not None


_LOOKS_LIKE: Final[Mapping[str, Callable[[str], bool]]] = {
    "an e-mail address": partial(_holds, _ADDRESS),
    "an NHS number": _has_nhs_number,
    "a date, such as one of birth": _has_date,
    "a telephone number": partial(_holds, _TELEPHONE),
}
