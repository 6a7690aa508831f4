"""Where the settings are, and what holds."""

from pathlib import Path

from tests.program import run
from wizard.exits import ExitCode


def rows(out: str) -> dict[str, list[str]]:
    """Each setting's value and where it comes from, by its name."""
    return {line.split("  ")[0]: line.split()[1:] for line in out.splitlines()[1:]}


def test_without_a_file_every_setting_is_told_with_its_default(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    said = run("config", environment={"MDT_WIZARD_CONFIG": str(path)})
    assert said.code == ExitCode.DONE
    assert said.out.startswith(f"{path}, named by MDT_WIZARD_CONFIG (not there)\n")
    assert rows(said.out)["theme"] == ["mdt-dark", "default"]
    assert rows(said.out)["keys.case.export"] == ["x", "default"]
    assert rows(said.out)["keys.practice.end"] == ["e", "default"]


def test_each_value_says_where_it_comes_from_and_each_wrong_line_why(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        """theme = "mdt-lihgt"
start = "practice"
[keys]
case.export = "E"
case.exprot = "X"
case.copy = "w"
case.back = "ctrl+"
case.help = "5"
case.what_if = "Z"
"""
    )
    said = run("config", environment={"MDT_WIZARD_CONFIG": str(path), "ESCDELAY": "70"})
    assert said.code == ExitCode.FOUND
    assert rows(said.out)["start"] == ["practice", "line", "2"]
    assert rows(said.out)["theme"] == ["mdt-dark", "default"]
    assert rows(said.out)["escape_delay"] == ["70", "environment"]
    assert rows(said.out)["keys.case.export"] == ["E", "line", "4"]
    assert rows(said.out)["keys.case.copy"] == ["w", "line", "6"]
    assert said.err.splitlines() == [
        f'{path}:1:1: there is no theme "mdt-lihgt"; did you mean mdt-light? [W-SET-01]',
        f'{path}:5:1: there is no action "case.exprot"; did you mean case.export? [W-SET-01]',
        f'{path}:7:1: "ctrl+" is not a key; keys such as "E", "ctrl+e" or "f3" were expected '
        "[W-SET-01]",
        f'{path}:8:1: "5" has a use already: what it means everywhere; another key was expected '
        "[W-SET-01]",
    ]
