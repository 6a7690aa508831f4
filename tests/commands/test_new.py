"""A new pathway checks at once, and is written whole or not at all."""

from hashlib import sha256
from pathlib import Path

import pytest

from tests.program import run
from wizard.exits import ExitCode
from wizard.pathway.load import load_pathway

DOCUMENT = "1\n\n  The heart: it may be treated at home.\n"
TITLE = 'Heart failure: a "first" #1 & more'


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "guide: one.txt"
    path.write_text(DOCUMENT, "utf-8")
    return path


def test_what_is_written_checks_and_its_case_holds(tmp_path: Path, document: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Something else.", "utf-8")
    sources = ("--source", f"ABC={document}", "--source", f"XY={other}")
    ended = run("new", "heart", "--title", TITLE, *sources, folder=tmp_path)
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    folder = tmp_path / "heart"
    assert f"{len([p for p in folder.rglob('*') if p.is_file()])} files" in ended.out
    pathway = load_pathway(folder)
    assert (pathway.id, pathway.title) == ("heart", TITLE)
    assert pathway.sources["ABC"].sha256 == sha256(DOCUMENT.encode()).hexdigest()
    claim = pathway.claims["ABC-01"]
    assert (claim.lines, claim.anchor) == ("3", "The heart")
    for command in (
        ("check", "--strict", "--deep", "--documents", tmp_path),
        ("test",),
        ("sources", "--documents", tmp_path),
    ):
        ended = run(*command, folder=folder)
        assert (ended.code, ended.err) == (ExitCode.DONE, ""), ended.out
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.rglob("*"))


def test_an_empty_folder_is_filled(tmp_path: Path, document: Path) -> None:
    (tmp_path / "heart").mkdir()
    ended = run("new", tmp_path / "heart", "--title", "H", "--source", f"AB={document}")
    assert ended.code == ExitCode.DONE
    assert run("check", tmp_path / "heart").code == ExitCode.DONE


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ("taken --title H --source AB={}", ExitCode.WRONG_USAGE, "taken is there already"),
        ("heart --title H --source AB1={}", ExitCode.WRONG_USAGE, "is not ID=FILE"),
        ("heart --title H --source {}", ExitCode.WRONG_USAGE, "is not ID=FILE"),
        ("heart --title H --source AB={}.pdf", ExitCode.WRONG_USAGE, "it is not UTF-8 text"),
        ("heart --title H --source AB={}.none", ExitCode.UNUSABLE_FILE, "No such file"),
        ("heart --title H --source AB={} --source AB={}", ExitCode.WRONG_USAGE, "two documents"),
        ("heart --title Recommended --source AB={}", ExitCode.BAD_PATHWAY, "pathway.yaml:3:8"),
        ("My-Heart --title H --source AB={}", ExitCode.BAD_PATHWAY, "did you mean my_heart?"),
    ],
)
def test_a_mistake_is_told_and_leaves_nothing(
    tmp_path: Path, document: Path, given: str, code: int, said: str
) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("mine")
    document.with_name(f"{document.name}.pdf").write_bytes(b"%PDF\xff\xfe")
    before = sorted(tmp_path.rglob("*"))
    words = (word.replace("{}", str(document)) for word in given.split())
    ended = run("new", *words, folder=tmp_path)
    assert ended.code == code
    assert said in ended.err + ended.out
    assert sorted(tmp_path.rglob("*")) == before


def test_a_name_that_is_not_an_id_is_told_in_the_folder_that_was_named(
    tmp_path: Path, document: Path
) -> None:
    ended = run("new", "Bad Name", "--title", "A", "--source", f"ABC={document}", folder=tmp_path)
    assert ended.code == ExitCode.BAD_PATHWAY
    assert ended.err.startswith('Bad Name/pathway.yaml:2:10: "Bad Name" is not an id')
    assert not (tmp_path / "Bad Name").exists()
