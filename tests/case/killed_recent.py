"""A recent case file that is killed at every line while it is remembered."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

from tests.killing import killed_copies
from wizard.case.recent import recent_files, remember

AT = datetime(2026, 11, 27, 15, 41, tzinfo=UTC)


def kill_a_writer(place: str) -> None:
    one, two = (Path(place) / name for name in ("one.yaml", "two.yaml"))
    for path in (one, two):
        path.write_text("answers: {}\n")
    import_module("wizard.private_files")
    remember(one, AT)
    seen, times = set(), 0
    for _line in killed_copies(lambda: remember(two, AT + timedelta(minutes=1))):
        times += 1
        found = recent_files()
        assert found in ((one,), (two, one))
        seen.add(found)
    assert recent_files() == (two, one)
    assert len(seen) == 2
    assert times >= 60
