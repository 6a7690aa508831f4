"""Whatever is renamed is the same thing under another id: everywhere, and in files of before."""

import re
import shutil
from itertools import chain
from pathlib import Path

import pytest

from tests.program import ROOT, run
from tests.small import SMALL
from wizard.case.files import read_regression_cases
from wizard.exits import ExitCode
from wizard.pathway.factors import MultiFactor, named_values
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Pathway
from wizard.pathway.problems import PathwayErrors
from wizard.workbench.checking import read_whole
from wizard.workbench.renaming import Renaming, renamed
from wizard.workbench.standing import failing
from wizard.workbench.version_diff import compare

pytestmark = pytest.mark.slow

PROSTATE = ROOT / "tests" / "pathway" / "prostate"


def files_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.yaml")
    }


def written(files: dict[str, str], folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def every(pathway: Pathway) -> list[Renaming]:
    """A renaming of every option, factor and answer, and of some claims."""
    found = [Renaming("option", name, f"{name}_x") for name in pathway.options]
    for factor in pathway.factors.values():
        found.append(Renaming("factor", factor.id, f"{factor.id}_x"))
        kind = "member" if isinstance(factor, MultiFactor) else "value"
        own = (name for name in named_values(factor) if name != "not_done")
        found += [Renaming(kind, name, f"{name}_x", factor.id) for name in own]
    claims = list(pathway.claims)[::5]
    return found + [Renaming("claim", name, f"{name[:3]}-9{name[4:]}") for name in claims]


SUBJECTS = list(
    chain.from_iterable(
        (
            pytest.param(folder, one, id=f"{folder.name} {one.said}")
            for one in every(pathway)[::step]
        )
        for folder, step in ((SMALL, 2), (PROSTATE, 7))
        for pathway in [read_pathway(folder)]
    )
)


@pytest.mark.parametrize(("folder", "asked"), SUBJECTS)
def test_nothing_but_the_id_changes(folder: Path, asked: Renaming, tmp_path: Path) -> None:
    before = files_of(folder)
    after = renamed(before, asked)
    new_folder = written(after, tmp_path / folder.name)
    new, cases = read_whole(new_folder, shipped=False)
    old, old_cases = read_whole(folder, shipped=False)
    assert failing(new, cases) == failing(old, old_cases)
    if asked.kind != "claim":
        found = compare(old, new, ("old", "new"), (folder, new_folder), lambda _: None)
        assert found.functions.changes == ()
        assert found.records == ()
        assert found.renamed == (f"{asked.said.replace('member', 'value')} is now {asked.new}",)
    # Every line is as it was but for the id, and one line more tells the old one.
    lines, others = (
        sorted(line for text in each.values() for line in text.splitlines())
        for each in (before, after)
    )
    lines, bare = (
        [re.sub(r"was: \[\w[\w, -]*\](?:, )?", "", line) for line in each]
        for each in (lines, others)
    )
    back = [line.replace(asked.new, asked.old) for line in bare if line.strip()]
    assert sorted(back) == sorted(line for line in lines if line.strip())


@pytest.mark.parametrize("folder", [SMALL, PROSTATE], ids=lambda folder: folder.name)
def test_cases_of_before_are_read_and_say_so(folder: Path, tmp_path: Path) -> None:
    old = read_pathway(folder)
    files = files_of(folder)
    cases = read_regression_cases(folder / "cases", old)
    told = 0
    for asked in every(old)[::9]:
        new = read_pathway(written(renamed(files, asked), tmp_path / folder.name))
        again = read_regression_cases(folder / "cases", new)
        assert failing(new, again) == failing(old, cases)
        for case in again.values():
            assert set(case.renamed) <= {
                f"{asked.kind.replace('member', 'value')} {asked.old} is now {asked.new}",
                *(f"alert {name[6:]} is now {now}" for name, now in new.former.items()),
            }
            told += bool(case.renamed)
    assert told


def test_a_name_may_come_back(tmp_path: Path) -> None:
    files = files_of(SMALL)
    there = renamed(files, Renaming("option", "fell", "take_down"))
    third = renamed(there, Renaming("option", "take_down", "cut"))
    assert "was: [fell, take_down]\n" in third["options/cut.yaml"]
    back = renamed(third, Renaming("option", "cut", "fell"))
    assert "was: [take_down, cut]\n" in back["options/fell.yaml"]
    assert read_pathway(written(back, tmp_path / "trees")).former["option cut"] == "fell"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("options/fell.yaml", "label: Fell", "label: Fell\nwas: [watch]", '"watch" is the id of'),
        ("factors.yaml", "label: Kind of tree", "label: Kind of tree\n  was: [sort, sort]", "too"),
    ],
)
def test_an_id_of_before_was_that_of_one_thing(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    files = files_of(SMALL)
    assert old in files[file]
    folder = written({**files, file: files[file].replace(old, new)}, tmp_path / "trees")
    with pytest.raises(PathwayErrors) as told:
        read_pathway(folder)
    (problem,) = told.value.problems
    assert said in problem.message
    assert problem.position.file == file


def test_the_command_renames_all_or_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "trees"
    shutil.copytree(SMALL, folder)
    before = files_of(folder)
    for words, code, said in (
        (("option", "fel", "x"), ExitCode.WRONG_USAGE, "did you mean fell?"),
        (("option", "fell", "watch"), ExitCode.WRONG_USAGE, "there is option watch already"),
        (("option", "fell", "fell"), ExitCode.WRONG_USAGE, "has that id already"),
        (("option", "fell", "Fell-It"), ExitCode.BAD_PATHWAY, "is not an id"),
        (("member", "kind.oak", "x"), ExitCode.WRONG_USAGE, "kind has values, not members"),
        (("value", "kind.ok", "x"), ExitCode.WRONG_USAGE, "did you mean oak?"),
        (("claim", "HBK-01", "XYZ-01"), ExitCode.BAD_PATHWAY, "XYZ-01"),
    ):
        ended = run("rename", *words, "--pathway", folder)
        assert (ended.code, said in ended.out + ended.err) == (code, True), (words, ended)
        assert files_of(folder) == before
    ended = run("rename", "option", "fell", "take_down", "--pathway", folder)
    assert ended.code == ExitCode.DONE
    assert ended.out.endswith("option fell is now take_down\n")
    assert not (folder / "options" / "fell.yaml").exists()
    assert run("test", folder).code == ExitCode.DONE
    assert run("rename", "case", "storm_oak", "oak", "--pathway", folder).code == ExitCode.DONE
    assert run("check", folder).code == ExitCode.DONE
    assert "cases/oak.yaml" in (folder / "hazards.yaml").read_text("utf-8")
    case = tmp_path / "case.yaml"
    case.write_text("answers: {kind: oak, damage: [storm]}\n", "utf-8")
    assert run("rename", "value", "kind.oak", "quercus", "--pathway", folder).code == 0
    ended = run("explain", case, "take_down", "--pathway", folder)
    assert ended.code == ExitCode.DONE
    assert f"{case}: value oak is now quercus" in ended.err
