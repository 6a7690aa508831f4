"""A stub of a claim can be pasted and checks; the lines without a claim are those of no claim."""

import shutil
from pathlib import Path

import pytest

from tests.program import run
from tests.small import SMALL
from wizard.exits import ExitCode, WrongUsageError
from wizard.pathway.load import load_pathway
from wizard.workbench.claim_stubs import claim_stubs, uncovered
from wizard.workbench.documents import DocumentText, stated

DOCUMENT = """\
Oaks live long, and so do the
people’s own oaks that live long.

A tree is tall from twenty metres.

Nothing is said of bushes: "none" — of any.
So do the people.
"""


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    (tmp_path / "handbook.txt").write_text(DOCUMENT, "utf-8")
    return tmp_path


def test_the_lines_without_a_claim_are_those_that_no_claim_names(documents: Path) -> None:
    pathway = load_pathway(SMALL)
    (found,) = uncovered(pathway, documents)
    named = {
        line
        for claim in pathway.claims.values()
        if claim.source == found.source.id
        for first, last in stated(claim.lines)
        for line in range(first, last + 1)
    }
    lines = DOCUMENT.splitlines()
    bare = {n for n, line in enumerate(lines, 1) if line.strip() and n not in named}
    told = [n for low, high in found.ranges for n in range(low, high + 1) if lines[n - 1].strip()]
    assert told == sorted(bare)


@pytest.mark.parametrize(("lines", "anchor"), [("4", "A tree"), ("6-7", "Nothing is"), ("1", None)])
def test_the_anchor_stands_on_the_lines_and_nowhere_else(
    documents: Path, lines: str, anchor: str | None
) -> None:
    stub = claim_stubs(load_pathway(SMALL), documents, [f"HBK:{lines}"])
    (line,) = (line for line in stub.splitlines() if "anchor: " in line)
    words = line.partition("anchor: ")[2].strip('"')
    assert anchor in (words, None)
    assert len(words.split()) <= 5
    assert f'    lines: "{lines}"\n' in stub
    (at,) = DocumentText(DOCUMENT).lines(words)
    assert int(lines.split("-", maxsplit=1)[0]) <= at <= int(lines.rsplit("-", maxsplit=1)[-1])


def test_a_pasted_stub_checks_once_it_is_cited(documents: Path, tmp_path: Path) -> None:
    folder = tmp_path / "trees"
    shutil.copytree(SMALL, folder)
    before = load_pathway(folder)
    ended = run("sources", "--documents", documents, "--claim", "HBK:4", "--pathway", folder)
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    path = folder / "claims" / "HBK.yaml"
    path.write_text(path.read_text("utf-8") + ended.out, "utf-8")
    number = max(int(name[4:]) for name in before.claims if name.startswith("HBK")) + 1
    name = f"HBK-{number:02d}"
    option = folder / "options" / "fell.yaml"
    option.write_text(f"{option.read_text('utf-8')}\ncard: {{works: [{name}]}}\n", "utf-8")
    claim = load_pathway(folder).claims[name]
    assert (claim.lines, claim.anchor) == ("4", "A tree")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("4", "4: of which document? one like HBK:4 was expected"),
        ("ABC:4", "there is no document ABC; there are HBK, LFT"),
        ("HBK:4-2", "handbook.txt has lines 1 to 7; HBK:4-2 is not among them"),
        ("HBK:0", "has lines 1 to 7"),
        ("HBK:9", "has lines 1 to 7"),
        ("HBK:3", "HBK:3: nothing is written there"),
        ("HBK:7", "no 5 words of these lines stand only there"),
        ("four", "does not name lines"),
        ("LFT:1", "there is no file leaflet.txt"),
    ],
)
def test_lines_that_are_not_there_are_told(documents: Path, lines: str, said: str) -> None:
    with pytest.raises(WrongUsageError) as told:
        claim_stubs(load_pathway(SMALL), documents, [lines])
    assert said in told.value.message


def test_the_command_tells_the_lines_too(documents: Path) -> None:
    ended = run("sources", "--documents", documents, "--uncovered", "--pathway", SMALL)
    assert "LINES THAT NO CLAIM NAMES\n" in ended.out
    assert "- HBK, handbook.txt: 6" in ended.out


def test_several_stubs_are_numbered_on_and_name_the_heading_above(tmp_path: Path) -> None:
    lines = ["A handbook of trees", "", "## Roots", "Roots drink.", "", "Leaves", "Leaves breathe."]
    (tmp_path / "handbook.txt").write_text("\n".join([*[""] * 30, *lines]), "utf-8")
    pathway = load_pathway(SMALL)
    stubs = claim_stubs(pathway, tmp_path, ["HBK:34", "HBK:37", "HBK:31"])
    number = max(int(name[4:]) for name in pathway.claims if name.startswith("HBK"))
    told = [line.strip() for line in stubs.splitlines() if "section" in line or "HBK-" in line]
    assert told == [
        f"HBK-{number + 1:02d}:",
        'section: "Roots"',
        f"HBK-{number + 2:02d}:",
        'section: "Leaves"',
        f"HBK-{number + 3:02d}:",
        'section: "Benches"',  # of the claim above: the first line heads nothing
    ]
