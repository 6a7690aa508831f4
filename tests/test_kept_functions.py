"""Functions that are kept are those that the compiler makes."""

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pathway.overlays import SMALL, copied, edited
from tests.reasoning.pathways import random_pathway
from wizard import kept_functions
from wizard.engine.compiler import Compiler
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.engine.tables import compiled_from, tables
from wizard.kept_functions import compiled_once
from wizard.pathway.load import load_pathway
from wizard.record import fields_of


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of kept functions, not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    return tmp_path / "kept" / "mdt-wizard" / "functions"


def same(one: Compiled, other: Compiled) -> None:
    """Both have the same functions over the same variables, in stores of the same nodes."""
    for name in fields_of(Compiled):
        if name != "diagrams":
            assert getattr(one, name) == getattr(other, name), name
    assert one.free == other.free
    for name in ("sizes", "levels", "asked", "outcomes"):
        assert getattr(one.diagrams, name) == getattr(other.diagrams, name), name
    leaves, others = one.diagrams.held, other.diagrams.held
    assert {node: held.ends for node, held in leaves.items()} == {
        node: held.ends for node, held in others.items()
    }
    for node, children in enumerate(one.diagrams.children):
        assert node in leaves or children == other.diagrams.children[node]


def again(compiled: Compiled) -> Compiled:
    """What is read of what is kept."""
    return compiled_from(compiled.pathway, json.loads(json.dumps(tables(compiled))))


def test_the_functions_of_the_shipped_pathway_come_back() -> None:
    compiled = compile_pathway(load_pathway())
    same(again(compiled), compiled)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_functions_come_back_as_they_were(seed: int, leafy: bool) -> None:
    pathway = random_pathway(Random(seed))
    compiled = Compiler(pathway, 1_000_000, own_budget=0 if leafy else 10_000).compiled()
    same(again(compiled), compiled)


def test_what_is_added_to_a_kept_store_is_what_it_holds_already() -> None:
    compiled = again(compile_pathway(load_pathway()))
    size = len(compiled.diagrams)
    for option in compiled.pathway.options.values():
        for statement in option.statements.values():
            own = compiled.statements[option.id, statement.id]
            assert compiled.function(statement.rule.tree) == own
    assert len(compiled.diagrams) == size


def test_a_second_start_compiles_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compiled_once(load_pathway(SMALL))
    monkeypatch.delattr(kept_functions, "compile_pathway")
    same(compiled_once(load_pathway(SMALL)), first)
    assert len(list(kept.iterdir())) == 1


def test_an_edit_is_compiled(kept: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    compiled_once(load_pathway(folder))
    edited(folder, "options/watch.yaml", "growth: slow", "growth: fast")
    pathway = load_pathway(folder)
    same(compiled_once(pathway), compile_pathway(pathway))
    assert len(list(kept.iterdir())) == 2


def test_another_compiler_keeps_its_own(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled_once(load_pathway(SMALL))
    monkeypatch.setattr(kept_functions, "modules_of", lambda *_: [b"another.py 1 2"])
    compiled_once(load_pathway(SMALL))
    assert len(list(kept.iterdir())) == 2


def test_damage_is_compiled_anew(kept: Path) -> None:
    pathway = load_pathway(SMALL)
    first = compiled_once(pathway)
    (path,) = kept.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"watch", b"fells"))
    same(compiled_once(pathway), first)
    assert path.read_bytes() == whole
