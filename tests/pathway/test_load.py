"""Finding the shipped pathway, and telling it from others."""

import os
from pathlib import Path

import pytest

from tests.pathway.overlays import SMALL
from wizard.pathway import load as finding
from wizard.pathway.load import is_shipped, load_pathway, shipped_folder


def test_the_shipped_pathway_is_found_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pathway = load_pathway()
    assert (pathway.id, pathway.shipped) == ("neuroendocrine", True)
    assert Path(pathway.folder) == shipped_folder().resolve()


def test_the_shipped_folder_by_another_name_counts_as_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "link"
    link.symlink_to(shipped_folder())
    monkeypatch.chdir(tmp_path)
    assert load_pathway(link).shipped
    assert load_pathway(Path(os.path.relpath(shipped_folder()))).shipped


def test_another_folder_is_not_shipped() -> None:
    assert not load_pathway(SMALL).shipped
    assert not is_shipped(SMALL)


def test_a_wheel_carries_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_PACKAGE", tmp_path / "wizard")
    beside = tmp_path / "pathways" / "any_name"
    inside = tmp_path / "wizard" / "shipped" / "any_name"
    for folder in (beside, inside):
        folder.mkdir(parents=True)
        (folder / "pathway.yaml").write_text("{}\n")
        assert shipped_folder() == folder
