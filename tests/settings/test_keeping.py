"""Keeping a setting in the file of its user, every other line as it was."""

import stat
import tomllib
from pathlib import Path

import pytest

from tests.killing import alone
from wizard.settings.keeping import NotKeptError, keep_setting, with_setting

MINE = """\
# What I like.

start = "practice"  # of late

# Columns.
[widths]
map = 40 # wide

[keys]
case.export = "E"
"""


def changed(name: str, value: str | int, text: str = MINE) -> list[str]:
    """The lines that are new, behind a minus those that are gone."""
    before, after = text.splitlines(), with_setting(text, name, value).splitlines()
    gone = [f"-{line}" for line in before if line not in after]
    return [*gone, *(line for line in after if line not in before)]


def test_only_the_line_of_the_setting_changes() -> None:
    assert changed("start", "case") == [
        '-start = "practice"  # of late',
        'start = "case"  # of late',
    ]
    assert changed("widths.map", 41) == ["-map = 40 # wide", "map = 41 # wide"]
    assert changed("start", "practice") == []


def test_a_setting_that_is_not_there_gets_a_line() -> None:
    assert changed("theme", "nord") == ['theme = "nord"']
    assert 'practice"  # of late\ntheme = "nord"\n\n# Columns.\n' in with_setting(
        MINE, "theme", "nord"
    )
    assert changed("widths.options", 60) == ["options = 60"]
    assert changed("widths.map", 40, 'theme = "a#b"\n') == ["", "[widths]", "map = 40"]
    assert tomllib.loads(with_setting("", "theme", 'a"b')) == {"theme": 'a"b'}
    assert changed("theme", "nord", 'theme = "a#b" # c') == [
        '-theme = "a#b" # c',
        'theme = "nord" # c',
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("theme", 'theme = """\nnord"""\n'),
        ("theme", "theme = nord\n"),
        ("widths.map", "widths = { map = 40, options = 50 }\n"),
    ],
)
def test_a_file_that_one_line_cannot_change_stays_as_it_is(
    name: str, text: str, tmp_path: Path
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(NotKeptError):
        keep_setting(path, name, "nord")
    assert path.read_text() == text


def test_a_file_that_is_not_there_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    keep_setting(path, "theme", "nord")
    assert tomllib.loads(path.read_text()) == {"theme": "nord"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_link_to_a_file_elsewhere_stays_one(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    own = tmp_path / "dotfiles" / "config.toml"
    own.write_text('theme = "dracula"\n')
    link = tmp_path / "config.toml"
    link.symlink_to(own)
    keep_setting(link, "theme", "nord")
    assert link.is_symlink()
    assert own.read_text() == 'theme = "nord"\n'


@pytest.mark.slow
def test_a_kill_at_any_line_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    alone("tests.settings.killed_setting", "kill_a_writer", str(tmp_path))
