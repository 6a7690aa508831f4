"""Which pathway is read: for maintainers the one before them, for a case the shipped one."""

import shutil
from pathlib import Path

import pytest

from tests.small import SMALL
from wizard.exits import WrongUsageError
from wizard.pathway.choosing import (
    ChosenFolder,
    for_a_case,
    for_maintenance,
    of_the_user,
    shown,
    standing_here,
)
from wizard.pathway.load import shipped_folder
from wizard.pathway.problems import PathwayErrors


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one pathway in its folder of pathways, as the working folder."""
    folder = tmp_path / "checkout"
    shutil.copytree(SMALL, folder / "pathways" / "trees")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return folder


def test_a_pathway_in_or_above_the_working_folder_is_maintained(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trees = checkout / "pathways" / "trees"
    for place in (checkout, checkout / "pathways", trees, trees / "options"):
        monkeypatch.chdir(place)
        assert for_maintenance() == ChosenFolder(trees)
        assert for_a_case() == ChosenFolder(shipped_folder(), (trees,))


def test_the_nearest_wins_over_those_above(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = checkout / "work" / "deep"
    inner.mkdir(parents=True)
    shutil.copytree(SMALL, checkout / "work" / "pathways" / "mine")
    monkeypatch.chdir(inner)
    assert standing_here() == (checkout / "work" / "pathways" / "mine",)


def test_elsewhere_the_shipped_one_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert for_maintenance() == for_a_case() == ChosenFolder(shipped_folder())


def test_several_have_to_be_named(checkout: Path) -> None:
    shutil.copytree(SMALL, checkout / "pathways" / "more")
    with pytest.raises(WrongUsageError) as caught:
        for_maintenance()
    assert str(caught.value) == (
        "there are several pathways here: pathways/more, pathways/trees; name one by --pathway"
    )
    assert for_maintenance("pathways/more").folder == Path("pathways/more")


def test_a_pathway_is_named_by_folder_or_id(checkout: Path, tmp_path: Path) -> None:
    trees = checkout / "pathways" / "trees"
    assert for_a_case("park_trees") == for_maintenance("park_trees") == ChosenFolder(trees)
    assert for_a_case("neuroendocrine").folder == shipped_folder()
    assert for_a_case(str(SMALL)).folder == SMALL
    own = tmp_path / "data" / "mdt-wizard" / "pathways" / "own"
    shutil.copytree(SMALL, own)
    (own / "pathway.yaml").write_text("pathway: own_trees\n")
    assert of_the_user() == (own,)
    assert for_a_case("own_trees") == ChosenFolder(own)


def test_for_a_case_the_shipped_one_wins_of_two_with_one_id(checkout: Path) -> None:
    here = checkout / "pathways" / "trees"
    (here / "pathway.yaml").write_text("pathway: neuroendocrine\n[broken")
    assert for_a_case("neuroendocrine").folder == shipped_folder()
    (here / "pathway.yaml").write_text("pathway: neuroendocrine\n")
    assert for_a_case("neuroendocrine").folder == shipped_folder()
    assert for_maintenance("neuroendocrine").folder == here


def test_a_name_that_is_neither_is_refused(checkout: Path) -> None:
    with pytest.raises(PathwayErrors) as caught:
        for_a_case("park_tres")
    assert str(caught.value) == (
        "park_tres:1:1: there is no such folder, and no pathway of this id is found here; "
        "`mdt-wizard pathways` lists those that are; did you mean park_trees? [E-FIL-01]"
    )


def test_a_folder_that_is_gone_has_no_pathways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert standing_here() == ()
    assert shown(shipped_folder()) == str(shipped_folder())
    monkeypatch.chdir(tmp_path)


def test_folders_are_shown_as_they_would_be_typed(checkout: Path) -> None:
    assert shown(checkout / "pathways" / "trees") == "pathways/trees"
    assert shown(checkout) == str(checkout)
    assert shown(Path("pathways")) == "pathways"
    assert shown(SMALL) == str(SMALL)
