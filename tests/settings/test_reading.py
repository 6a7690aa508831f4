"""What a file of settings sets, and what is told of a wrong line."""

from pathlib import Path

import pytest

from wizard.settings.reading import ESCAPE_DELAY, Settings, read_settings, settings_file


def read(tmp_path: Path, text: str | bytes, **environment: str) -> Settings:
    path = tmp_path / "config.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_settings({"MDT_WIZARD_CONFIG": str(path), **environment})


def told(settings: Settings) -> list[str]:
    """What is told, without the folder."""
    return [str(problem).removeprefix(f"{settings.path.parent}/") for problem in settings.problems]


def test_without_a_file_all_is_as_it_comes(tmp_path: Path) -> None:
    settings = read_settings({"MDT_WIZARD_CONFIG": str(tmp_path / "none.toml")})
    assert (settings.theme, settings.start, settings.escape_delay) == (None, "case", ESCAPE_DELAY)
    assert (settings.keys, settings.widths, settings.problems) == ({}, {}, ())


def test_the_file_is_in_the_users_folder_unless_another_is_named() -> None:
    assert settings_file({}).parts[-2:] == ("mdt-wizard", "config.toml")
    assert settings_file({"MDT_WIZARD_CONFIG": "mine"}) == Path("mine")


def test_every_setting_holds_and_says_its_line(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        """\
# mine
theme = "nord" # cold
start = "practice"
escape_delay = 50
widths = { map = 40 }
[keys]
case.export = "E"
"practice.end" = "X"
[keys.case]
""".replace("[keys.case]\n", ""),
    )
    assert not told(settings)
    assert (settings.theme, settings.start, settings.escape_delay) == ("nord", "practice", 50)
    assert settings.widths == {"map": 40}
    assert settings.keys == {"case.export": "E", "practice.end": "X"}
    assert settings.lines == {
        "theme": 2,
        "start": 3,
        "escape_delay": 4,
        "widths.map": 5,
        "keys.case.export": 7,
        "keys.practice.end": 8,
    }


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('tehme = "nord"', 'there is no setting "tehme"; did you mean theme?'),
        ("xyz = 1", 'there is no setting "xyz"; there are theme, start'),
        ("theme = 3", "theme is 3; the name of a theme, in quotes, were expected"),
        (
            'start = "practise"',
            'start is "practise"; one of case, practice, pathway was expected; did',
        ),
        ("escape_delay = true", "escape_delay is True; milliseconds from 1 to 1000"),
        ("escape_delay = 0", "escape_delay is 0; milliseconds from 1 to 1000"),
        ("widths.map = 4", "widths.map is 4; columns from 20 to 200 were expected"),
        ("widths.mpa = 40", 'there is no column "mpa"; did you mean map?'),
        ("widths = 40", "widths is 40; a table was expected: [widths]"),
        ("keys.case.export = 3", "keys.case.export is 3; keys in quotes"),
    ],
)
def test_a_wrong_line_is_told_and_the_others_hold(tmp_path: Path, line: str, message: str) -> None:
    settings = read(tmp_path, f'# mine\n{line}\nkeys.case.why = "E"\n')
    [only] = told(settings)
    assert only.startswith(f"config.toml:2:1: {message}")
    assert settings.keys == {"case.why": "E"}


def test_lines_that_are_not_toml_are_told_and_the_others_hold(tmp_path: Path) -> None:
    settings = read(tmp_path, 'theme = nord\nstart = "practice"\n[widths\nescape_delay = 50\n"')
    assert [line.split(":")[:2] for line in told(settings)] == [
        ["config.toml", "1"],
        ["config.toml", "3"],
        ["config.toml", "5"],
    ]
    assert (settings.start, settings.escape_delay) == ("practice", 50)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"\xff", "cannot be read: it is not UTF-8"),
        (b"#" * 70_000, "is longer than 64 kB"),
        (b"a = " + b"[" * 5_000, "not TOML"),
    ],
)
def test_a_file_that_is_nonsense_is_told_and_nothing_ends(
    tmp_path: Path, text: bytes, why: str
) -> None:
    settings = read(tmp_path, text)
    assert why in told(settings)[0]
    assert not settings.values


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    settings = read(tmp_path, "escape_delay = 50\n", ESCDELAY="70")
    assert settings.escape_delay == 70
    assert "escape_delay" not in settings.lines


@pytest.mark.parametrize("delay", ["", "0", "-1", "fast", "9" * 5000, "²"])
def test_an_environment_that_is_not_a_delay_is_passed_over(tmp_path: Path, delay: str) -> None:
    assert read(tmp_path, "escape_delay = 50\n", ESCDELAY=delay).escape_delay == 50
