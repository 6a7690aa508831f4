"""Edited lines against the texts they come from, and the entries that they belong to."""

import shutil
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wizard.workbench.edited_lines import EditedLines, edited_lines

seeds = st.integers(0, 2**32 - 1)


@pytest.fixture
def copy(small_folder: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "trees"
    shutil.copytree(small_folder, folder)
    return folder


def lines_of(path: Path) -> list[str]:
    return [line.rstrip() for line in path.read_text("utf-8").splitlines() if line.strip()]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seeds)
def test_edits_are_what_turns_one_text_into_the_other(
    small_folder: Path, tmp_path: Path, seed: int
) -> None:
    random = Random(seed)
    old, new = tmp_path / "old", tmp_path / "new"
    before = (small_folder / "factors.yaml").read_text("utf-8").splitlines()
    after = list(before)
    for _ in range(random.randint(0, 4)):
        at = random.randrange(len(after))
        some = int(after[at].startswith("#") and random.random() < 0.5)
        after[at : at + some] = [f"# a remark {random.randrange(9)}"] * random.randint(0, 2)
    for folder, lines in ((old, before), (new, after)):
        folder.mkdir(exist_ok=True)
        (folder / "factors.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    found = edited_lines(old, new)
    gone = [line for edit in found for line in edit.before]
    come = [line for edit in found for line in edit.after]
    kept = lines_of(old / "factors.yaml")
    for line in gone:
        kept.remove(line)
    assert sorted(kept + come) == sorted(lines_of(new / "factors.yaml"))
    for edit in found:
        for number, line in enumerate(edit.after[:1], edit.line):
            assert after[number - 1].rstrip() == line


def one(old: Path, new: Path) -> EditedLines:
    (found,) = edited_lines(old, new)
    return found


def test_edited_lines_belong_to_the_smallest_entry(small_folder: Path, copy: Path) -> None:
    path = copy / "options" / "prune.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("storm: described", "storm: not_described"), "utf-8")
    found = one(small_folder, copy)
    assert found.keys[:2] == ("statements", "broken_branches")
    assert found.belongs_to(("options/prune.yaml", ("statements",)))
    assert found.belongs_to(("options/prune.yaml", ()))
    assert not found.belongs_to(("options/prune.yaml", ("statements", "trunk_fungus")))
    assert not found.belongs_to(("options/watch.yaml", ("statements",)))
    assert [line.strip() for line in found.before] == ["storm: described"]
    assert [line.strip() for line in found.after] == ["storm: not_described"]


def test_a_file_of_one_version_is_whole(small_folder: Path, copy: Path) -> None:
    (copy / "options" / "prune.yaml").unlink()
    for found, side in ((one(small_folder, copy), "before"), (one(copy, small_folder), "after")):
        assert found.whole
        assert list(getattr(found, side)) == lines_of(small_folder / "options" / "prune.yaml")


def test_cases_and_equal_files_have_no_edits(small_folder: Path, copy: Path) -> None:
    shutil.rmtree(copy / "cases")
    assert edited_lines(small_folder, copy) == ()
