"""The recent case files: remembered through kills, and no more of them than fit."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.killing import alone
from wizard.case import recent
from wizard.case.recent import forget, recent_files, remember

AT = datetime(2026, 11, 27, 15, 41, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def files(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.write_text("answers: {}\n")
    return paths


def test_the_last_one_comes_first_and_once(tmp_path: Path) -> None:
    one, two = files(tmp_path, "one.yaml", "two.yaml")
    assert recent_files() == ()
    for minute, path in enumerate((one, two, one)):
        remember(path, AT + timedelta(minutes=minute))
    assert recent_files() == (one, two)
    places = list((tmp_path / "state" / "mdt-wizard" / "recent").iterdir())
    assert {stat.S_IMODE(each.stat().st_mode) for each in places} == {0o600}


def test_one_that_is_gone_or_forgotten_is_not_listed(tmp_path: Path) -> None:
    one, two, three = files(tmp_path, "one.yaml", "two.yaml", "three.yaml")
    for path in (one, two, three):
        remember(path, AT)
    two.unlink()
    forget(three)
    forget(three)
    assert recent_files() == (one,)


def test_the_oldest_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "MOST_RECENT", 3)
    paths = files(tmp_path, *(f"{number}.yaml" for number in range(5)))
    for minute, path in enumerate(paths):
        remember(path, AT + timedelta(minutes=minute))
    assert recent_files() == tuple(reversed(paths[2:]))


@pytest.mark.parametrize("content", ["", "{", "[]", "1", '{"path": 1}', '{"path": "a", "at": 1}'])
def test_what_is_damaged_is_passed_over(tmp_path: Path, content: str) -> None:
    (one,) = files(tmp_path, "one.yaml")
    remember(one, AT)
    (tmp_path / "state" / "mdt-wizard" / "recent" / "odd.json").write_text(content)
    assert recent_files() == (one,)


@pytest.mark.slow
def test_a_kill_at_any_line_loses_no_other(tmp_path: Path) -> None:
    alone("tests.case.killed_recent", "kill_a_writer", str(tmp_path))
