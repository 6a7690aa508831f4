"""Practice: a start after 100,000 reviews, and the plan of a round, each beside its goal."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

from tests.benchmarks.growth import DAY, told
from tests.benchmarks.timing import milliseconds
from tests.small import shipped
from wizard.practice.days import Days
from wizard.practice.kept_standing import keep_standing, read_before
from wizard.practice.log import Log
from wizard.practice.log_rows import LoggedTask
from wizard.practice.planning import Draw, Wish, tasks_of
from wizard.practice.schedule import Grade, ItemReview, schedule_of
from wizard.practice.tasks import Curriculum, TaskKind, curriculum_of

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
REVIEWS = 100_000
OF_A_TASK = 4
ROUNDS = 40


def task(made: Curriculum, random: Random, at: datetime) -> LoggedTask:
    reviews = tuple(
        ItemReview(at, item.key, item.meaning, random.choice(tuple(Grade)))
        for item in random.sample(list(made.items.values()), OF_A_TASK)
    )
    pathway = made.pathway
    marks = (TaskKind.OPTIONS, None, 1, 1, 0, 0)
    return LoggedTask(at, pathway.id, pathway.version, pathway.digest, *marks, reviews)


def starts(made: Curriculum) -> None:
    """A start that replays everything, and one after it with a hundred new reviews."""
    random, days, number = Random(1), Days(), REVIEWS // OF_A_TASK
    with TemporaryDirectory() as folder:
        log = Log(Path(folder) / "practice.sqlite3")
        moments = (NOW - timedelta(minutes=100 * left) for left in range(number, 0, -1))
        log.keep(made.pathway.id, [task(made, random, at) for at in moments])

        def start() -> None:
            before = read_before(log, made, NOW, days)
            schedule_of(made.items, before.standing, NOW, days)

        print(f"  {REVIEWS} reviews, all replayed: {milliseconds(start, rounds=1):.0f} ms")
        keep_standing(log, made, read_before(log, made, NOW, days), days)
        log.keep(made.pathway.id, [task(made, random, NOW) for _ in range(25)])
        told("a start with 100 new reviews, median", milliseconds(start), 50)


def plans(made: Curriculum) -> None:
    """A round of each kind, over many seeds."""
    for kind in TaskKind:
        times = []
        for seed in range(ROUNDS):
            begun = process_time()
            tasks_of(made, Draw(Wish(10, kind), seed))
            times.append(1000 * (process_time() - begun))
        told(f"a round of kind {kind}, median", sorted(times)[ROUNDS // 2], 100)
        told(f"a round of kind {kind}, worst", max(times), 100)


def main() -> None:
    made = curriculum_of(shipped(), DAY)
    starts(made)
    plans(made)
