"""Words that a pathway has from a document."""

from hashlib import sha256
from pathlib import Path

import pytest

from tests.pathway.overlays import copied, edited
from tests.program import run
from wizard.pathway.format.reading import read_pathway
from wizard.workbench.copying import copied_words

DOCUMENT = """A page on trees.

A tree that grows very slowly near the old
wall may be left alone. Nobody knows why
this is so in every park of the whole town.
"""
SAYS = "A tree that grows slowly may be watched."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "handbook.txt").write_text(DOCUMENT)
    return copied(tmp_path)


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (SAYS, []),
        (
            "We read: “a tree that grows VERY slowly, near the old wall”.",
            ["a tree that grows very slowly near the old wall"],
        ),
        ("A tree that grows very slowly near walls.", []),
        ("A tree that grows. Very slowly near the old wall.", []),
        (
            "Slowly near the old wall may be left alone nobody knows why this is so in every park.",
            [
                "slowly near the old wall may be left alone nobody knows why this is so in every "
                "park"
            ],
        ),
    ],
)
def test_eight_words_of_one_sentence_are_found(
    says: str, words: list[str], folder: Path, tmp_path: Path
) -> None:
    edited(folder, "claims/HBK.yaml", f"says: {SAYS}", f'says: "{says}"')
    found = copied_words(read_pathway(folder), tmp_path / "documents")
    assert [one.words for one in found] == words
    assert all((one.source, str(one.position)) == ("HBK", "claims/HBK.yaml:7:18") for one in found)


def test_the_check_holds_a_pathway_against_copies(folder: Path, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    digest = sha256(DOCUMENT.encode()).hexdigest()
    edited(folder, "sources.yaml", "0" * 64, digest)
    copied_sentence = "A tree that grows very slowly near the old wall."
    edited(folder, "claims/HBK.yaml", SAYS, copied_sentence)
    ended = run("check", folder, "--documents", documents)
    assert ended.code == 3
    assert "claims/HBK.yaml:7:18: error: these words stand in HBK: " in ended.out
    assert (
        'claims/HBK.yaml:7:3: error: the anchor "watched" of HBK-05 does not stand on lines 12 of '
        "handbook.txt; it stands nowhere [E-DOC-01]\n"
    ) in ended.out
    assert "sources.yaml:15:1: warning: the copy of leaflet.txt is missing" in ended.out
    told = run("sources", "--documents", documents, "--pathway", folder)
    assert told.code == 5
    assert "claims/HBK.yaml:7:18: HBK: a tree that grows very slowly near the old wall" in told.out
    assert run("check", folder, "--documents", tmp_path / "none").code == 2
