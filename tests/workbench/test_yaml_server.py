"""What an editor shows of a pathway's files by their schemas: told by yaml-language-server."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from tests.program import run
from tests.workbench.yaml_server import Server, missing
from wizard.exits import ExitCode
from wizard.pathway.factors import named_values
from wizard.pathway.load import load_pathway, shipped_folder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(missing() is not None, reason=missing() or "it is here"),
]
FEW_CASES = "cases/net_*.yaml"
TREE = """\
option: surgery
label: Surgery
statements:
  one:
    claims: [ICS-09]
    tree:
      ask: tumour_type
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = Path(copytree(shipped_folder(), tmp_path_factory.mktemp("pathway") / "ne"))
    assert run("schema", "--write", "--pathway", copy).code == ExitCode.DONE
    return copy


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def option(folder: Path, text: str = TREE) -> tuple[Path, str]:
    path = folder / "options" / "surgery.yaml"
    line = path.read_text("utf-8").partition("\n")[0]
    return path, f"{line}\n{text}"


def test_the_shipped_files_have_no_mistake(server: Server, folder: Path) -> None:
    paths = [
        *folder.glob("*.yaml"),
        *(path for name in ("claims/*", "options/*", FEW_CASES) for path in folder.glob(name)),
    ]
    assert len(paths) > 60
    texts = {path: path.read_text("utf-8") for path in paths}
    assert {path: found for path, found in server.mistakes(texts).items() if found} == {}


@pytest.mark.parametrize(
    ("right", "wrong", "lines"),
    [
        ("option: surgery", "option: surgry", (2,)),
        ("statements:", "statments:", (2, 4)),
        ("[ICS-09]", "[ICS-99]", (6,)),
        ("ask: tumour_type\n", "ask: tumor_type\n", (8,)),
        ("ask: tumour_type\n", "ask: tumour_type\n      nett: described\n", (9,)),
        ("ask: tumour_type\n", "ask: tumour_type\n      net, nec:\n        use: nowhere\n", (10,)),
        ("tree:\n      ask: tumour_type\n", "when:\n      any:\n        - {site: lungs}\n", (9,)),
    ],
)
def test_a_mistake_is_told_on_its_line(
    right: str, wrong: str, lines: tuple[int, ...], server: Server, folder: Path
) -> None:
    path, text = option(folder, TREE.replace(right, wrong))
    assert {at for at, _ in server.mistakes({path: text})[path]} == set(lines)


def test_below_ask_it_completes_the_answers(server: Server, folder: Path) -> None:
    path, text = option(folder)
    found = server.completions(path, f"{text}      |")
    assert list(found) == ["otherwise", *named_values(load_pathway().factors["tumour_type"])]
    assert found["net"].startswith("NET (includes what older texts call carcinoid).")


def test_it_completes_factors_claims_and_leaves(server: Server, folder: Path) -> None:
    path, text = option(folder)
    pathway = load_pathway()
    asked = server.completions(path, text.replace("ask: tumour_type", "ask: |"))
    assert list(asked) == [each.id for each in pathway.factors.values() if each.record_only is None]
    claims = server.completions(path, text.replace("ICS-09", "|"))
    assert [each for each in claims if each in pathway.claims] == list(pathway.claims)
    assert pathway.claims["CRI-03"].says in claims["CRI-03"]
    leaves = server.completions(path, f"{text}      net: |")
    assert list(leaves) == ["described", "not_described"]


def test_over_a_claim_it_shows_what_the_claim_says(server: Server, folder: Path) -> None:
    path, text = option(folder)
    shown = server.hover(path, text.replace("ICS-09", "ICS-|09"))
    assert load_pathway().claims["ICS-09"].says in shown
    assert load_pathway().claims["ICS-10"].says not in shown
    assert "question" not in shown
    assert "decision tree" in server.hover(path, text.replace("tree:", "tr|ee:"))
