"""When an assessment is made: the clock of the machine, or what a reproducible run is told."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from wizard.exits import WrongUsageError
from wizard.record import Record


class MomentError(WrongUsageError):
    """An environment variable that does not name a moment."""


class Moment(Record):
    """The time of an assessment in UTC, and the day on which documents are called current."""

    at: datetime
    today: date

    @property
    def iso(self) -> str:
        """The time in ISO 8601, UTC, to the second."""
        return self.at.strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(environment: Mapping[str, str], today: date | None = None) -> Moment:
    """Now, or the second that SOURCE_DATE_EPOCH names; the day is that one's unless given.

    Raises MomentError where SOURCE_DATE_EPOCH is not a number of seconds.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        at = datetime.now(UTC)
    else:
        try:
            at = datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            message = f"SOURCE_DATE_EPOCH is {epoch!r}; a number of seconds since 1970 was expected"
            raise MomentError(message) from None
    return Moment(at, today or at.date())
