"""Nothing in the program names a factor, an option or a disease of any pathway.

What clinicians read comes from the pathway files alone, so that another pathway needs no line of
code.  The check reads the program's text for the ids and the words of three pathways that have
nothing in common: the shipped one, one of another disease, and one about trees in a park.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import wizard
from tests.small import prostate, shipped, small
from wizard.pathway.factors import NOT_DONE, named_values
from wizard.pathway.model import CARD_ROWS, Pathway
from wizard.wording.answers import listed_answers
from wizard.wording.text import short

PACKAGE = Path(wizard.__file__).parent
PATHWAYS = [shipped().pathway, prostate().pathway, small().pathway]

ORDINARY = {
    "active", "another", "back", "can", "cannot", "care", "clinical", "close", "come", "control",
    "external", "fell", "focused", "found", "have", "hidden", "house", "internal", "kind", "made",
    "mixed", "near", "newly", "nothing", "other", "path", "problems", "progress", "self", "slow",
    "storm", "targeted", "treatment", "tree", "trial", "type", "waiting", "watch", "with",
}  # fmt: skip
"""Words of a pathway that are words of any program as well."""
DISEASE = {
    "biopsy", "cancer", "cancers", "carcinoma", "gleason", "liver", "lobe", "lung", "metastases",
    "metastasis", "metastatic", "net", "nets", "oncology", "pain", "pancreas", "prostate",
    "prostatectomy", "psa", "surgeon", "tumor", "tumors", "tumour", "tumours",
}  # fmt: skip
"""Words of either disease, in whatever form the files have them."""
FORMAT = {*CARD_ROWS, "syndrome", NOT_DONE}
"""Rows of a card, a kind of claim, and an answer that any question may have."""


def files() -> list[Path]:
    found = [
        path
        for path in sorted(PACKAGE.rglob("*"))
        if path.suffix in {".py", ".tcss", ".json"} and "shipped" not in path.parts
    ]
    assert len(found) > 50
    return found


def ids(pathway: Pathway) -> Iterator[str]:
    """What the files of a pathway call its factors, answers, options, aims, alerts and trees."""
    yield pathway.id
    for factor in pathway.factors.values():
        yield from (factor.id, *listed_answers(factor))
    for option in pathway.options.values():
        yield from (option.id, *option.statements, *(aim.id for aim in option.aims))
        for statement in option.statements.values():
            yield from (aim.id for aim in statement.aims)
    yield from (*pathway.alerts, *pathway.shared)


def spoken(pathway: Pathway) -> Iterator[str]:
    """Words of at least four letters in the title, the options' labels and the first answers."""
    first = next(iter(pathway.factors.values()))
    labels = [pathway.title, *(option.label for option in pathway.options.values())]
    labels += [value.label for value in named_values(first).values()]
    for label in labels:
        yield from (word.lower() for word in re.findall(r"[A-Za-z]{4,}", short(label)))


def said_in_code(path: Path) -> set[str]:
    """Every text constant of a module but its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    documenting = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documenting
    }


@pytest.mark.parametrize("pathway", PATHWAYS, ids=lambda pathway: pathway.id)
def test_no_id_of_several_words_stands_anywhere(pathway: Pathway) -> None:
    known = {name for name in ids(pathway) if "_" in name} - FORMAT
    assert len(known) > 5
    for path in files():
        words = set(re.findall(r"[a-z0-9_]+", path.read_text("utf-8").lower()))
        assert not words & known, path


@pytest.mark.parametrize("pathway", PATHWAYS, ids=lambda pathway: pathway.id)
def test_no_constant_of_the_code_is_an_id(pathway: Pathway) -> None:
    known = set(ids(pathway)) - ORDINARY - FORMAT
    for path in files():
        if path.suffix == ".py":
            assert not said_in_code(path) & known, path


@pytest.mark.parametrize("pathway", PATHWAYS, ids=lambda pathway: pathway.id)
def test_no_word_of_a_disease_or_an_option_stands_anywhere(pathway: Pathway) -> None:
    known = set(spoken(pathway)) - ORDINARY - FORMAT
    assert len(known) > 3
    for path in files():
        words = set(re.findall(r"[a-z]+", path.read_text("utf-8").lower()))
        assert not words & known, path


def test_neither_disease_is_known_to_the_code() -> None:
    for path in files():
        words = set(re.findall(r"[a-z0-9]+", path.read_text("utf-8").lower()))
        assert not words & DISEASE, path


def test_the_check_would_find_a_name(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text('"""Prune an oak."""\nA = "oak"\n')
    assert said_in_code(path) == {"oak"}
    assert "oak" in set(ids(small().pathway))
    assert "park" in set(spoken(small().pathway))
