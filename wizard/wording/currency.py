"""How current a document is, from the dates that it states and today's date."""

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from wizard.pathway.sources import Source
from wizard.record import Record
from wizard.wording.text import long_date


class CurrencyState(StrEnum):
    """What a document's own dates say of it today."""

    IN_DATE = "in_date"
    PAST_REVIEW = "past_review"
    NO_REVIEW_DATE = "no_review_date"
    UNDATED = "undated"


class Currency(Record):
    """A document's currency on a day: its state, and the same in words.

    `old` marks one of at least the age that the pathway calls old (a policy of the pathway's
    project, not of any document) and not within a review date of its own.
    """

    state: CurrencyState
    text: str
    old: bool


def currency(source: Source, today: date, old_after_years: int) -> Currency:
    """The currency of a document; a date without day or month may be any day in that time."""
    return _currency(source.date, source.review_due, today, old_after_years)


@lru_cache(maxsize=256)
def _currency(
    dated: str | None, review_due: str | None, today: date, old_after_years: int
) -> Currency:
    """The same; every citation of a document tells it, on each key anew."""
    first, last = _span(dated) if dated else (today, today)
    youngest, eldest = _age(last, today), _age(first, today)
    old = youngest >= old_after_years
    if review_due is not None:
        due = long_date(review_due)
        if today <= _span(review_due)[1]:
            return Currency(CurrencyState.IN_DATE, f"review due {due}", old=False)
        return Currency(CurrencyState.PAST_REVIEW, f"past its own review date, {due}", old=old)
    if dated is None:
        return Currency(CurrencyState.UNDATED, "undated", old=False)
    if first > today:
        age = f"dated {long_date(dated)}, after the day of this assessment"
    elif youngest == eldest == 0:
        age = "less than 1 year old"
    elif youngest == eldest:
        age = f"{_years(eldest)} old"
    else:
        age = f"{youngest} or {_years(eldest)} old"
    return Currency(CurrencyState.NO_REVIEW_DATE, f"no review date, {age}", old=old)


def _years(number: int) -> str:
    return f"{number} year{'' if number == 1 else 's'}"


def _age(born: date, today: date) -> int:
    birthday_to_come = (today.month, today.day) < (born.month, born.day)
    return max(0, today.year - born.year - birthday_to_come)


def _span(iso: str) -> tuple[date, date]:
    """The first and the last day of a date of year, month or day precision."""
    parts = [int(part) for part in iso.split("-")]
    year, first_month, last_month = parts[0], 1, 12
    if len(parts) > 1:
        first_month = last_month = parts[1]
    if len(parts) > 2:
        return date(*parts), date(*parts)
    if last_month == 12:
        return date(year, first_month, 1), date(year, 12, 31)
    return date(year, first_month, 1), date(year, last_month + 1, 1) - timedelta(days=1)
