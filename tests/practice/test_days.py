"""Days as they are lived: through changed clocks, long flights and late nights."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small import small
from wizard.exits import WrongUsageError
from wizard.practice.days import Days, local_days
from wizard.practice.items import About, LearningItem
from wizard.practice.log_rows import LoggedTask
from wizard.practice.progress import progress
from wizard.practice.schedule import Grade, ItemReview, Schedule, schedule
from wizard.practice.tasks import TaskKind
from wizard.practice.words import clock_line

HOUR = timedelta(hours=1)


class Clocks(tzinfo):
    """A place whose clocks are put forward or back at some moments (in UTC)."""

    def __init__(self, offset: timedelta, changes: dict[datetime, timedelta]) -> None:
        self.offset = offset
        self.changes = changes

    def fromutc(self, at: datetime) -> datetime:
        moment = at.replace(tzinfo=UTC)
        by = sum((by for since, by in self.changes.items() if moment >= since), timedelta())
        return at + self.offset + by

    def utcoffset(self, _at: datetime | None) -> timedelta:
        raise AssertionError("only moments in UTC are asked for")

    dst = utcoffset

    def tzname(self, _at: datetime | None) -> str:
        return "here"


LONDON = Clocks(
    timedelta(),
    {
        datetime(2026, 3, 29, 1, tzinfo=UTC): HOUR,
        datetime(2026, 10, 25, 1, tzinfo=UTC): -HOUR,
        datetime(2027, 3, 28, 1, tzinfo=UTC): HOUR,
    },
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
offsets = st.integers(-12 * 60, 14 * 60).map(lambda each: timedelta(minutes=each))
places = st.builds(timezone, offsets)
hours = st.integers(0, 23)


@st.composite
def any_days(draw: st.DrawFn) -> Days:
    """Days anywhere, where the clocks may change by an hour twice in two years, by night."""
    offset = draw(offsets)
    first, second = sorted(draw(st.tuples(st.integers(1, 350), st.integers(360, 700))))
    night = datetime(2026, 1, 1, tzinfo=UTC) - offset + draw(st.sampled_from([1, 2, 3])) * HOUR
    by = draw(st.sampled_from([-HOUR, HOUR]))
    changes = {night + timedelta(days=first): by, night + timedelta(days=second): -by}
    return Days(Clocks(offset, changes), draw(st.integers(4, 23)))


@given(moments, places, hours)
def test_a_day_begins_at_its_hour_and_lasts_to_the_next(
    at: datetime, zone: timezone, begins: int
) -> None:
    days = Days(zone, begins)
    day = days.of(at)
    start = datetime(day.year, day.month, day.day, begins, tzinfo=zone)
    assert start <= at < start + timedelta(days=1)
    assert days.of(start) == days.of(start + timedelta(days=1) - timedelta.resolution) == day


@given(moments, st.timedeltas(timedelta(), timedelta(days=3)), any_days())
def test_no_later_moment_is_of_an_earlier_day(at: datetime, later: timedelta, days: Days) -> None:
    gone = (days.of(at + later) - days.of(at)).days
    assert gone >= 0
    assert abs(timedelta(days=gone) - later) < timedelta(hours=25)


def test_after_midnight_it_is_still_yesterday_until_four() -> None:
    days = Days(LONDON)
    for hour, day in ((2, 9), (3, 10)):  # UTC; the clock on the wall says one hour more
        assert days.of(datetime(2026, 7, 10, hour, 59, tzinfo=UTC)) == date(2026, 7, day)
    assert replace(days, begins=0).of(datetime(2026, 7, 9, 23, 1, tzinfo=UTC)) == date(2026, 7, 10)


@pytest.fixture
def machine_in_london(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "GMT0BST,M3.5.0/1,M10.5.0")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("machine_in_london")
def test_without_a_place_it_is_where_the_machine_is() -> None:
    at = datetime(2026, 3, 27, 3, 30, tzinfo=UTC)
    for hour in range(24 * 5):
        assert Days().of(at + hour * HOUR) == Days(LONDON).of(at + hour * HOUR)


def test_the_environment_sets_the_hour() -> None:
    assert local_days({}) == Days(None, 4)
    assert local_days({"MDT_WIZARD_DAY_BEGINS": "0"}) == Days(None, 0)
    for wrong in ("24", "-1", "four", "4:00", "", "²", "004"):
        with pytest.raises(WrongUsageError, match="an hour from 0 to 23 was expected"):
            local_days({"MDT_WIZARD_DAY_BEGINS": wrong})


# --- the schedule ----------------------------------------------------------------------------


PATHWAY = small().pathway
ITEM = LearningItem("claim/one", About.CLAIM, "one", holds=True, meaning="m", occurrences=())


def scheduled(at: list[datetime], grade: Grade, now: datetime, days: Days) -> Schedule:
    reviews = [ItemReview(each, ITEM.key, ITEM.meaning, grade) for each in at]
    return schedule({ITEM.key: ITEM}, reviews, now, days)


def due(at: list[datetime], grade: Grade, days: Days) -> date:
    found = scheduled(at, grade, max(at), days)
    (card,) = found.later
    assert found.due == ()
    assert card.due is not None
    return card.due


@given(
    st.lists(moments, min_size=1, max_size=4),
    st.sampled_from(Grade),
    any_days(),
    st.timedeltas(timedelta(hours=-30), timedelta(hours=30)),
)
def test_what_was_practised_is_due_on_a_later_day_all_day_long(
    at: list[datetime], grade: Grade, days: Days, around: timedelta
) -> None:
    day, last = due(at, grade, days), max(at)
    assert day > days.of(last)
    now = max(last, last + (day - days.of(last)) + around)
    assert bool(scheduled(at, grade, now, days).due) is (days.of(now) >= day)


@given(moments, st.integers(0, 24 * 60 - 1), st.sampled_from(Grade), places, hours)
def test_the_hour_of_practice_does_not_matter(
    at: datetime, minutes: int, grade: Grade, zone: timezone, begins: int
) -> None:
    days = Days(zone, begins)
    other = at + timedelta(minutes=minutes)
    gone = days.of(other) - days.of(at)
    assert due([other], grade, days) - due([at], grade, days) == gone


@given(st.lists(moments, min_size=1, max_size=4), st.sampled_from(Grade), places, places)
def test_a_journey_loses_no_review_and_moves_a_day_by_two_at_most(
    at: list[datetime], grade: Grade, home: timezone, away: timezone
) -> None:
    here, there = (scheduled(at, grade, max(at), Days(zone)) for zone in (home, away))
    assert [card.reviews for card in (*here.later, *there.later)] == [len(at)] * 2
    first = sorted(at)[:1]
    moved = due(first, grade, Days(home)) - due(first, grade, Days(away))
    assert abs(moved) <= timedelta(days=2)


def test_practised_before_the_clocks_go_back_it_is_due_the_next_day() -> None:
    days = Days(LONDON)
    practised = datetime(2026, 10, 24, 3, 30, tzinfo=UTC)  # half past four on Saturday
    assert due([practised], Grade.AGAIN, days) == date(2026, 10, 25)
    almost = practised + timedelta(days=1)  # half past three on Sunday: the night of Saturday
    assert scheduled([practised], Grade.AGAIN, almost, days).due == ()
    assert scheduled([practised], Grade.AGAIN, almost + HOUR / 2, days).due != ()


# --- a clock that was wrong ------------------------------------------------------------------


@given(moments, st.timedeltas(timedelta.resolution, timedelta(days=365 * 900)), any_days())
def test_a_review_in_the_future_counts_as_made_now(
    now: datetime, ahead: timedelta, days: Days
) -> None:
    wrong = scheduled([now + ahead], Grade.GOOD, now, days)
    right = scheduled([now], Grade.GOOD, now, days)
    assert (wrong.ahead, right.ahead) == (1, 0)
    assert [each.due for each in wrong.later] == [each.due for each in right.later]
    done = LoggedTask(now + ahead, "p", "1", "d", TaskKind.REASON, None, 1, 1, 0, 0, ())
    view = progress(PATHWAY, [done], wrong, now, days)
    assert {day: tally.tasks for day, tally in view.days.items()} == {days.of(now): 1}


def test_that_a_clock_was_wrong_is_said() -> None:
    empty = Schedule((), (), ())
    assert clock_line(empty) == ""
    assert clock_line(replace(empty, ahead=1)) == (
        "One review in the log is dated in the future: a clock was wrong. Each counts as made now."
    )
    assert clock_line(replace(empty, ahead=20)).startswith("20 reviews in the log are dated")
