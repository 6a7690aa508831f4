"""`mdt-wizard fmt` lays files out, or tells which are not; none where one is broken."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.pathway.overlays import SMALL, copied
from tests.program import run
from wizard.exits import ExitCode
from wizard.pathway.load import load_pathway
from wizard.workbench import laying_out

LOOSE = "label:   'Watch'   # short\n\n\noption: watch\n"
TIGHT = 'label: "Watch"  # short\n\noption: watch\n'


def contents(folder: Path) -> Mapping[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_pathway_is_laid_out_once_and_means_the_same(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    case = next((folder / "cases").iterdir())
    case.write_bytes(b"\xef\xbb\xbf" + case.read_bytes().replace(b"\n", b"\r\n"))
    before = load_pathway(folder)
    checked = run("fmt", "--check", folder)
    assert (checked.code, checked.err) == (ExitCode.FOUND, "")
    assert checked.out.splitlines() == [
        str(case),
        *(str(folder / "claims" / f"{name}.yaml") for name in ("HBK", "LFT")),
        "3 of 14 files not in the layout; `mdt-wizard fmt` lays them out",
    ]
    ended = run("fmt", folder=folder)
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    assert ended.out.splitlines()[-1] == "3 of 14 files laid out"
    after = load_pathway(folder)
    assert {name: claim.says for name, claim in before.claims.items()} == {
        name: claim.says for name, claim in after.claims.items()
    }
    assert run("test", folder).code == ExitCode.DONE
    again = contents(folder)
    for flags in ((), ("--check",), ("--diff",), ("--check", "--diff")):
        ended = run("fmt", *flags, "--pathway", folder)
        assert (ended.code, ended.err) == (ExitCode.DONE, "")
        assert ended.out == ("" if flags == ("--diff",) else "14 files in the layout\n")
    assert contents(folder) == again
    assert case.stat().st_mode & 0o077 == 0


def test_a_difference_is_shown_and_nothing_written(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(LOOSE)
    for flags, code in ((("--diff",), ExitCode.DONE), (("--diff", "--check"), ExitCode.FOUND)):
        ended = run("fmt", *flags, path)
        assert ended.code == code
        assert "-label:   'Watch'   # short\n" in ended.out
        assert '+label: "Watch"  # short\n' in ended.out
        assert path.read_text() == LOOSE
    assert run("fmt", path).out == f"{path}\n1 of 1 file laid out\n"
    assert path.read_text() == TIGHT


def test_only_the_ends_of_lines_differ(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(TIGHT.replace("\n", "\r\n").encode())
    ended = run("fmt", "--diff", path)
    assert ended.out == f"{path}: only the marks of its beginning or of its lines' ends\n"


def test_hostile_text_in_a_difference_is_shown_by_its_code(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m.yaml"
    path.write_text(LOOSE)
    for flags in ((), ("--diff",), ("--check",)):
        assert "\x1b" not in run("fmt", *flags, path).out


@pytest.mark.parametrize(
    ("name", "text", "code", "said"),
    [
        ("b.yaml", "a: [", ExitCode.BAD_PATHWAY, "b.yaml:1:4: "),
        ("b.yaml", "a: &x 1", ExitCode.BAD_PATHWAY, 'the anchor "&x"'),
        ("b.yaml", None, ExitCode.UNUSABLE_FILE, "No such file"),
        ("b.json", "{}", ExitCode.WRONG_USAGE, "is not a YAML file"),
        ("b.txt", "A\nb\n", ExitCode.WRONG_USAGE, "is not a YAML file"),
        ("b/c.yaml", "{}", ExitCode.WRONG_USAGE, "is not the folder of a pathway"),
    ],
)
def test_nothing_is_written_where_a_file_cannot_be_read(
    name: str, text: str | None, code: ExitCode, said: str, tmp_path: Path
) -> None:
    good = tmp_path / "a.yaml"
    good.write_text(LOOSE)
    bad = tmp_path / name
    bad.parent.mkdir(exist_ok=True)
    if text is not None:
        bad.write_text(text)
    ended = run("fmt", good, tmp_path / name.partition("/")[0])
    assert ended.code == code
    assert said in ended.err
    assert good.read_text() == LOOSE


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    target = tmp_path / "target.yaml"
    target.write_text(LOOSE)
    (folder / "options" / "link.yaml").symlink_to(target)
    ended = run("fmt", folder)
    assert ended.code == ExitCode.BAD_PATHWAY
    assert "leaves the folder" in ended.err
    assert target.read_text() == LOOSE


def test_a_pathway_by_two_names_is_wrong_usage() -> None:
    ended = run("fmt", SMALL, "--pathway", SMALL)
    assert ended.code == ExitCode.WRONG_USAGE


def test_what_would_not_say_the_same_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(LOOSE)
    for wrong in ("label: Other  # short\noption: watch\n", "label: Watch\noption: watch\n"):
        monkeypatch.setattr(laying_out, "laid_out", lambda _, wrong=wrong: wrong)
        ended = run("fmt", path)
        assert ended.code == ExitCode.INTERNAL_ERROR
        assert "without a change of what it says" in ended.err
        assert path.read_text() == LOOSE


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may write")
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(LOOSE)
    tmp_path.chmod(0o500)
    assert run("fmt", path).code == ExitCode.UNUSABLE_FILE
    assert path.read_text() == LOOSE
