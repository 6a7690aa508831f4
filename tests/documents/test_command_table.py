"""The table of a maintainer's commands, run from the first line to the last on one new pathway."""

import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.documents.console import run
from tests.program import ROOT

PAGE = (ROOT / "pathways" / "README.md").read_text("utf-8")
TABLE = PAGE[PAGE.index("## I want to ..., I run ...") : PAGE.index("## The folder")]
COMMANDS = re.findall(r"`(mdt-wizard [^`]+)`", TABLE)
GIT = "git init -q . && git add . && git -c user.name=A -c user.email=a@b commit -qm one"
ENDLESS = "mdt-wizard watch"
ON_THE_SCREEN = "mdt-wizard --pathway ."
CODES = {
    ENDLESS: "(124|130)",
    ON_THE_SCREEN: "2",
    "mdt-wizard test --coverage": "5",  # one case does not take every branch
    "mdt-wizard test --mutants": "5",
}


@pytest.mark.slow
def test_every_command_of_the_table_does_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "national.txt").write_text("Asthma\n\nInhalers help.\n\nRest may help.\n", "utf-8")
    begin, *rest = COMMANDS
    assert run(f"{begin} >&2; echo ended with $?", tmp_path, tmp_path).endswith("ended with 0\n")
    folder = tmp_path / "asthma"
    run(GIT, folder, tmp_path)
    printed = {}
    for command in rest:
        if command == "mdt-wizard lsp" and find_spec("pygls") is None:
            continue
        stopped = "timeout --signal=INT 10 " if command == ENDLESS else ""
        printed[command] = run(f"{stopped}{command}; echo ended with $?", folder, tmp_path)
        ended = rf"ended with {CODES.get(command, '0')}\n\Z"
        assert re.search(ended, printed[command]), f"{command}\n{printed[command]}"
    assert "test:  one case, all as expected" in printed[ENDLESS]
    assert "terminal" in printed[ON_THE_SCREEN]
    assert "<svg" in (tmp_path / "tree.svg").read_text("utf-8")
    assert list((tmp_path / "new-cases").iterdir())
    assert "inhaler" in printed["mdt-wizard diff"]


def test_no_command_of_a_maintainer_is_left_out() -> None:
    named = {shlex.split(command)[1] for command in COMMANDS}
    asked = {"new", "schema", "lsp", "watch", "sources", "check", "table", "draw", "generate"}
    assert named >= asked | {"test", "rename", "diff", "fmt"}
