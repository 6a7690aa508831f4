"""Local days, which for a person who practises begin early in the morning, not at midnight.

The log knows moments in UTC alone; which day a moment belongs to is asked anew each time, where
the machine is now.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from wizard.exits import WrongUsageError
from wizard.record import Record

DAY_BEGINS: Final = 4
"""The hour at which a day begins: practice after midnight belongs to the day before."""

SETTING: Final = "MDT_WIZARD_DAY_BEGINS"
"""The environment variable that sets another hour."""


class Days(Record):
    """How moments fall into days: where (None: where this machine is), and from which hour."""

    zone: tzinfo | None = None
    begins: int = DAY_BEGINS

    def of(self, at: datetime) -> date:
        """The day that a moment belongs to, by the clock on the wall."""
        return (at.astimezone(self.zone).replace(tzinfo=None) - timedelta(hours=self.begins)).date()


def local_days(environment: Mapping[str, str]) -> Days:
    """The days of this machine, beginning at the hour that the environment sets.

    Raises WrongUsageError where its value is not an hour.
    """
    hour = environment.get(SETTING, str(DAY_BEGINS))
    if not (hour.isascii() and hour.isdigit() and len(hour) <= 2 and int(hour) < 24):
        raise WrongUsageError(f"{SETTING} is {hour!r}; an hour from 0 to 23 was expected")
    return Days(begins=int(hour))
