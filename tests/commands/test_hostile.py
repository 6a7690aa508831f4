"""Hostile arguments, folders and files: what they are called never steers a terminal.

Names hold an escape, a bell, a line break, a mark that turns the text round, and a byte that is
not UTF-8, which Python keeps as a lone surrogate.
"""

import json
import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.program import Ended, run
from tests.small import SMALL, small
from wizard.case.answers import NO_ANSWERS
from wizard.case.journal import Journal, Place
from wizard.case.log import Did
from wizard.case.steps import Stand, with_entry

HOSTILE = "\x1b[31mx\a\n\u202ey\u2066\udcff"
CASE = "answers: {kind: pine, height: 20}\n"

WITHOUT_FILES = [
    *("HOSTILE", "--HOSTILE", "--plain HOSTILE", "--plain --pathway HOSTILE", "--theme HOSTILE"),
    *("assess HOSTILE", "assess - HOSTILE", "assess - --HOSTILE", "assess - --format HOSTILE"),
    *("assess - --today HOSTILE", "assess - --pathway HOSTILE", "--pathway HOSTILE assess -"),
    *("explain - HOSTILE", "explain - surgery --release HOSTILE", "what-if - HOSTILE"),
    *("compare HOSTILE -", "check HOSTILE", "check --pathway HOSTILE", "check HOSTILE HOSTILE"),
    *("check HOSTILE --format json", "test HOSTILE", "test --pathway HOSTILE"),
    *("diff HOSTILE SMALL", "diff SMALL HOSTILE", "diff HEAD:HOSTILE SMALL", "diff -HOSTILE SMALL"),
    *("generate new --pathway HOSTILE", "generate file/HOSTILE", "sources --documents HOSTILE"),
    *("practise --kind HOSTILE", "practise --tasks HOSTILE", "practise --seed HOSTILE"),
    *("practise --plain --pathway HOSTILE", "pathways HOSTILE", "pathways --format HOSTILE"),
    *(
        "cases HOSTILE",
        "cases show HOSTILE",
        "cases rename HOSTILE x",
        "cases delete HOSTILE --yes",
    ),
    *("cases list --format HOSTILE", "--resume HOSTILE", "--plain --resume"),
]
REFUSED = {2, 3, 4, 6}


def only_prints(ended: Ended) -> None:
    for letter in ended.read + ended.out + ended.err:
        assert letter.isprintable() or letter == "\n", repr(letter)
    assert "Traceback" not in ended.err
    assert "internal error" not in ended.err


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    """A working folder with hostile names in it; the user's data are in a folder of such a name."""
    (tmp_path / "file").write_text("")
    shutil.copytree(SMALL, tmp_path / "pathways" / HOSTILE)
    homes = ("DATA", "STATE")
    return {f"XDG_{name}_HOME": str(tmp_path / f"{name}{HOSTILE}") for name in homes}


def leave_a_case(folder: Path, pathway: Path) -> None:
    """A case in a pathway of a hostile name, with a hostile title, as a crash leaves it."""
    here = Stand(small().pathway, NO_ANSWERS, None)
    at = datetime(2026, 11, 27, tzinfo=UTC)
    journal = Journal(folder, str(pathway))
    journal.keep(with_entry((), here, Did.TITLED, {"title": HOSTILE}, at), Place())
    journal.end(clean=False)


@pytest.mark.parametrize("command", WITHOUT_FILES)
def test_a_hostile_argument_is_refused_in_letters_that_print(
    command: str, tmp_path: Path, places: dict[str, str]
) -> None:
    words = [
        word.replace("SMALL", str(SMALL)).replace("HOSTILE", HOSTILE) for word in command.split()
    ]
    ended = run(*words, given=CASE, folder=tmp_path, environment=places)
    assert ended.code in REFUSED
    only_prints(ended)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("assess -", 4),
        ("assess - --pathway FOLDER", 0),
        ("assess - --pathway FOLDER --format json", 0),
        ("assess - --pathway FOLDER --format markdown", 0),
        ("assess FILE --pathway FOLDER", 0),
        ("assess BAD --pathway FOLDER", 4),
        ("explain FILE prune --pathway FOLDER", 0),
        ("what-if FILE --pathway FOLDER --format json", 0),
        ("compare FILE - --pathway FOLDER", 0),
        ("check", 0),
        ("check FOLDER BROKEN", 3),
        ("check --deep FOLDER --format json", 3),
        ("test", 0),
        ("test WRONG", 5),
        ("test FOLDER --coverage", 5),
        ("test BAD", 4),
        ("diff FOLDER BROKEN", 3),
        ("diff FOLDER FOLDER --format markdown", 0),
        ("diff FOLDER FOLDER --format json", 0),
        ("generate new_FILE --pathway FOLDER", 0),
        ("sources --documents FOLDER", 5),
        ("practise --export out_FILE", 0),
        ("practise --export FILE", 2),
        ("practise --delete", 0),
        ("practise --plain --seed 1 --tasks 1 --pathway FOLDER", 0),
        ("--plain --pathway FOLDER", 0),
        ("pathways", 0),
        ("pathways --format json", 0),
        ("cases", 0),
        ("cases list --format json", 0),
        ("cases show 1", 4),
        ("cases rename 1 FILE", 6),
        ("cases delete 1 --yes", 0),
        ("--plain --pathway FOLDER --resume", 0),
    ],
)
def test_hostile_folders_and_files_are_named_in_letters_that_print(
    command: str, code: int, tmp_path: Path, places: dict[str, str]
) -> None:
    folder = tmp_path / "pathways" / HOSTILE
    broken = tmp_path / f"broken{HOSTILE}"
    shutil.copytree(SMALL, broken)
    (broken / "pathway.yaml").write_text("id: [\n")
    expected = (SMALL / "cases" / "storm_oak.yaml").read_text()
    files = {
        "FILE": CASE,
        "BAD": "answers: {kind: oack}\n",
        "WRONG": expected.replace("alerts: []", "alerts: [falling]"),
    }
    for name, text in files.items():
        (tmp_path / f"{name}{HOSTILE}").write_text(text)
    data = Path(places["XDG_DATA_HOME"]) / "mdt-wizard" / "cases"
    data.mkdir(parents=True)
    (data / f"case{HOSTILE}.yaml").write_text(f"title: {json.dumps(HOSTILE[:-1])}\n{CASE}")
    leave_a_case(Path(places["XDG_STATE_HOME"]) / "mdt-wizard" / "running", folder)
    names = {name: f"{name}{HOSTILE}" for name in files}
    names |= {"FOLDER": str(folder), "BROKEN": str(broken)}
    words = [re.sub("|".join(names), lambda name: names[name[0]], word) for word in command.split()]
    given = f"x {HOSTILE}\nq\n" if "--plain" in words else CASE
    ended = run(*words, given=os.fsencode(given), folder=tmp_path, environment=places)
    assert ended.code == code, ended
    only_prints(ended)


def test_a_hostile_environment_is_refused_in_letters_that_print(tmp_path: Path) -> None:
    ended = run("assess", "-", given=CASE, environment={"SOURCE_DATE_EPOCH": HOSTILE})
    assert ended.code == 2
    only_prints(ended)
