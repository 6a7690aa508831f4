"""What is kept beside the log is what replaying all of it gives, or else it is not used."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.practice.worlds import shipped
from wizard.practice.days import Days
from wizard.practice.kept_standing import Before, keep_standing, read_before
from wizard.practice.log import Log
from wizard.practice.log_rows import LoggedTask
from wizard.practice.schedule import Grade, ItemReview, schedule, schedule_of
from wizard.practice.tasks import Curriculum, TaskKind

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAYS = Days(UTC)


@cache
def real() -> Curriculum:
    return shipped()


def task(random: Random, at: datetime) -> LoggedTask:
    """A finished task on some items: as they are, of another meaning, or gone."""
    reviews = {}
    for key in random.sample(sorted(real().items)[:12], random.randint(0, 3)):
        item = real().items[key]
        odd = random.random()
        name = f"{key.rpartition('/')[0]}/gone" if odd < 0.1 else key
        meaning = "another" if odd > 0.9 else item.meaning
        reviews[name] = ItemReview(at, name, meaning, random.choice(tuple(Grade)))
    pathway = real().pathway
    return LoggedTask(
        at=at,
        pathway=pathway.id,
        version=pathway.version,
        digest=pathway.digest,
        kind=TaskKind.OPTIONS,
        subject=None,
        attempts=1,
        hit=1,
        missed=0,
        over_called=0,
        reviews=tuple(reviews.values()),
    )


def start(log: Log, now: datetime, days: Days = DAYS, made: Curriculum | None = None) -> Before:
    """What a start reads, held against a replay of all that the log has; then it is kept."""
    curriculum = made or real()
    before = read_before(log, curriculum, now, days)
    every = [own for each in log.tasks(curriculum.pathway.id) for own in each.reviews]
    found = schedule_of(curriculum.items, before.standing, now, days)
    assert found == schedule(curriculum.items, every, now, days)
    keep_standing(log, curriculum, before, days)
    return before


def kept_file(log: Log) -> Path:
    (found,) = log.path.parent.glob("*-standing-*.json")
    return found


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_what_is_kept_is_what_a_replay_gives(seed: int) -> None:
    """Over starts between which tasks are added, some by a clock that is wrong; zones change too,
    and the log is emptied.
    """
    random, now, days = Random(seed), NOW, DAYS
    with TemporaryDirectory() as folder:
        log = Log(Path(folder) / "practice.sqlite3")
        for _start in range(5):
            for _task in range(random.randint(0, 4)):
                now += timedelta(hours=random.expovariate(1 / 20))
                wrong = random.choice((0, 0, 0, 0, -50, 50))
                log.keep(real().pathway.id, [task(random, now + timedelta(hours=wrong))])
            if random.random() < 0.2:
                days = Days(timezone(timedelta(hours=random.randint(-11, 11))))
            if random.random() < 0.1:
                log.delete()
            start(log, now, days)
            assert start(log, now - timedelta(hours=random.choice((0, 30)))) is not None


def filled(folder: Path) -> Log:
    """A log with a standing beside it, which the next start uses."""
    log, random = Log(folder / "practice.sqlite3"), Random(1)
    every = [task(random, NOW - timedelta(days=day)) for day in range(40, 0, -1)]
    log.keep(real().pathway.id, every)
    assert start(log, NOW).new == 40
    assert start(log, NOW).new == 0
    return log


def test_a_start_reads_new_tasks_alone(tmp_path: Path) -> None:
    log = filled(tmp_path)
    log.keep(real().pathway.id, [task(Random(2), NOW)])
    assert start(log, NOW).new == 1
    assert kept_file(log).stat().st_mode & 0o777 == 0o600


def _without_a_card(text: str) -> str:
    said = json.loads(text)
    said["standing"]["cards"].popitem()
    return json.dumps(said)


@pytest.mark.parametrize(
    "damaged",
    [lambda text: text[:-9], lambda _text: "[]", lambda _text: "", _without_a_card],
    ids=["cut", "something else", "empty", "changed"],
)
def test_what_is_damaged_is_worked_out_anew(tmp_path: Path, damaged: Callable[[str], str]) -> None:
    log = filled(tmp_path)
    kept_file(log).write_text(damaged(kept_file(log).read_text()))
    assert start(log, NOW).new == 40
    assert start(log, NOW).new == 0


def test_of_another_pathway_log_or_zone_it_is_worked_out_anew(tmp_path: Path) -> None:
    log, compiled = filled(tmp_path), real().compiled
    other = replace(compiled, pathway=replace(compiled.pathway, digest="0" * 64))
    edited = replace(real(), pool=replace(real().pool, compiled=other))
    assert start(log, NOW, made=edited).new == 40
    assert start(log, NOW).new == 40
    assert start(log, NOW, Days(timezone(timedelta(hours=9)))).new == 40
    assert start(log, NOW).new == 40
    kept = kept_file(log).read_text()
    log.delete()
    assert not list(tmp_path.glob("*-standing-*"))
    log.keep(real().pathway.id, [task(Random(n), NOW - timedelta(hours=n)) for n in range(40)])
    log.path.with_name(f"practice-standing-{_name()}.json").write_text(kept)
    assert start(log, NOW).new == 40


def _name() -> str:
    with TemporaryDirectory() as folder:
        return kept_file(filled(Path(folder))).stem.rpartition("-")[2]


def test_where_it_cannot_be_written_a_start_is_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wizard.practice.kept_standing.write_private", refuse)
    log = Log(tmp_path / "practice.sqlite3")
    log.keep(real().pathway.id, [task(Random(3), NOW)])
    assert start(log, NOW).new == 1
    assert start(log, NOW).new == 1
