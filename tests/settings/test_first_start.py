"""The first start is known by a file, and where none can be kept there is none."""

from pathlib import Path

import pytest

from wizard.settings.first_start import first_start, started_file


def test_only_the_first_start_is_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert first_start()
    assert started_file().stat().st_mode & 0o077 == 0
    assert not first_start()


def test_where_it_cannot_be_remembered_nothing_is_offered_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "state"
    in_the_way.write_text("a file")
    monkeypatch.setenv("XDG_STATE_HOME", str(in_the_way))
    assert not first_start()
    assert in_the_way.read_text() == "a file"
