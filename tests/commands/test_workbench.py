"""The maintainers' commands as they are run: what they print, and how they end."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.edits import edit
from tests.program import run
from wizard.pathway.load import load_pathway


@pytest.fixture
def copy(small_folder: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "trees"
    shutil.copytree(small_folder, folder)
    return folder


REVIEW = 'reviewed: {by: A, role: gardener, date: 2026-12-01, version: "2026.11", digest: '


@pytest.mark.slow
def test_a_lapsed_review_is_told_everywhere(copy: Path) -> None:
    edit(copy / "pathway.yaml", "reviewed: null", f"{REVIEW}{'0' * 64}}}")
    checked = run("check", copy)
    said = "Reviewed by gardener on 1 December 2026, changed since"
    assert checked.code == 0
    assert f"trees/pathway.yaml:21:81: note: {said}; a clinician who" in checked.out
    digest = checked.out.split("\n")[0].split(" ")[-2]
    case = copy / "cases" / "storm_oak.yaml"
    for form in ("text", "markdown", "json"):
        out = run("assess", case, "--pathway", copy, "--format", form).out
        assert said in " ".join(out.split()), form
    lines = copy.parent / "cases.jsonl"
    lines.write_text('{"answers": {"kind": "oak"}}\n', "utf-8")
    for words in (
        ("test", copy, "--coverage"),
        ("test", copy, "--mutants"),
        ("generate", copy.parent / "new", "--pathway", copy),
        ("sources", "--documents", copy, "--pathway", copy),
        ("draw", "--pathway", copy),
        ("assess", "--batch", lines, "--pathway", copy),
    ):
        ended = run(*words)
        assert said in f"{ended.out}{ended.err}", words
    out = run("assess", case, "--pathway", copy, "--format", "json").out
    reviewed = {"by": "A", "role": "gardener", "date": "2026-12-01", "lapsed": True}
    assert json.loads(out)["pathway"]["reviewed"] == reviewed
    edit(copy / "pathway.yaml", "0" * 64, digest)
    assert run("check", copy).out.count("\n") == 1
    assert "changed since" not in run("assess", case, "--pathway", copy).out


def test_a_diff_that_changes_nothing(small_folder: Path, copy: Path) -> None:
    ended = run("diff", small_folder, copy)
    assert ended.code == 0
    assert "Proved: no result changes." in ended.out
    assert ended.err == ""


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_a_diff_of_an_edit(small_folder: Path, copy: Path, form: str) -> None:
    edit(copy / "options/prune.yaml", "storm: described", "storm: not_described")
    ended = run("diff", small_folder, copy, "--format", form)
    assert ended.code == 5
    if form == "json":
        data = json.loads(ended.out)
        assert (data["behaviour"], data["clinical"]) == (True, True)
        option = next(one for one in data["functions"] if one["subject"] == "option")
        assert option["id"] == "prune"
        assert option["disappears"]["cases"] == option["before"] - option["after"]
        assert option["disappears"]["regions"][0]["example"]["kind"]
    else:
        assert "Kind of tree: Oak, Beech or Birch" not in ended.out
        assert "Disappears in" in ended.out
        assert "Damage: Storm damage" in ended.out
        assert ended.out.startswith("# " if form == "markdown" else "Care of a tree")


def test_a_diff_of_a_folder_that_does_not_check(small_folder: Path, copy: Path) -> None:
    edit(copy / "options/prune.yaml", "storm: described", "storms: described")
    ended = run("diff", small_folder, copy)
    assert (ended.code, ended.out) == (3, "")
    assert f"{copy}/options/prune.yaml:14:9:" in ended.err


@pytest.fixture
def clone(small_folder: Path, tmp_path: Path) -> Path:
    """A clone of a repository a commit behind on `main`, with an edit that is not committed."""
    origin = tmp_path / "origin"
    shutil.copytree(small_folder, origin / "pathways" / "trees")
    folder = origin / "pathways" / "trees"
    git(origin, "init", "-q", "-b", "main")
    git(origin, "add", ".")
    git(origin, "commit", "-qm", "first")
    git(tmp_path, "clone", "-q", str(origin), "clone")
    clone = tmp_path / "clone"
    git(clone, "checkout", "-qb", "work")
    folder = clone / "pathways" / "trees"
    edit(folder / "options/prune.yaml", "label: Prune", "label: Prune it")
    git(clone, "commit", "-qam", "second")
    edit(folder / "options/watch.yaml", "label: Watch", "label: Wait")
    return clone


def git(folder: Path, *words: str) -> None:
    named = ["-c", "user.name=A", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *named, "-C", str(folder), *words], check=True, capture_output=True)


COMMITTED, SAVED = "+ label: Prune it", "+ label: Wait"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("HEAD",), {SAVED}),
        (("main",), {COMMITTED, SAVED}),
        (("HEAD~1",), {COMMITTED, SAVED}),
        (("HEAD~1..HEAD",), {COMMITTED}),
        (("main..",), {COMMITTED}),
        (("main", "HEAD"), {COMMITTED}),
        (("origin/main", "work"), {COMMITTED}),
    ],
)
@pytest.mark.parametrize("inside", [".", "pathways", "pathways/trees", "pathways/trees/options"])
def test_a_diff_takes_versions_as_git_does(
    words: tuple[str, ...], told: set[str], inside: str, clone: Path
) -> None:
    ended = run("diff", *words, folder=clone / inside)
    assert ended.code == 0, ended.err
    assert {label for label in (COMMITTED, SAVED) if label in ended.out} == told


def test_a_diff_of_a_revision_that_is_not_there(clone: Path) -> None:
    ended = run("diff", "nowhere", folder=clone)
    assert (ended.code, ended.out) == (2, "")
    assert "nowhere: there is no such folder, and it is not a git revision" in ended.err


def test_a_diff_of_nothing_there(small_folder: Path, tmp_path: Path) -> None:
    ended = run("diff", small_folder, "nowhere", folder=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert "nowhere: there is no such folder" in ended.err


@pytest.mark.slow
def test_severities_and_exits_of_a_deep_check(small_folder: Path, copy: Path) -> None:
    ended = run("check", "--deep", small_folder)
    assert ended.code == 3
    assert "options/prune.yaml:31:10: error: no case gets the alert prune_caution.pine" in ended.out
    edit(copy / "options/prune.yaml", "  kind: {pine: [LFT-04]}", "  kind: {oak: [LFT-04]}")
    assert run("check", "--deep", copy).code == 0
    assert run("check", "--strict", copy).code == 0
    for was in ("below 20: not_described", "from 40: not_described"):
        edit(copy / "options/prune.yaml", was, was.replace("not_described", "described"))
    assert run("check", "--deep", copy).code == 0
    ended = run("check", "--strict", copy, "--format", "json")
    assert ended.code == 5
    findings = json.loads(ended.out)["pathways"][0]["findings"]
    assert {"warning", "note"} == {finding["severity"] for finding in findings}
    assert all(finding["file"] and finding["line"] for finding in findings)


def test_a_broken_pathway_as_json(copy: Path) -> None:
    edit(copy / "options/prune.yaml", "storm: described", "storms: described")
    ended = run("check", copy, "--format", "json")
    assert ended.code == 3
    (finding,) = json.loads(ended.out)["pathways"][0]["findings"]
    assert (finding["severity"], finding["file"], finding["line"]) == (
        "error",
        "options/prune.yaml",
        14,
    )
    assert "storm" in finding["what"]


def test_coverage_ends_with_5_where_something_is_missed(small_folder: Path) -> None:
    ended = run("test", small_folder, "--coverage")
    assert ended.code == 5
    assert "options/watch.yaml:6:3: statement slow_growth of watch holds" in ended.out
    assert "a case that would: Damage: No damage; Growth: Slow" in ended.out


def test_written_stubs_are_refused_until_they_are_confirmed(copy: Path) -> None:
    ended = run("test", copy, "--mutants", "--write")
    assert ended.code == 5
    written = sorted((copy / "cases").glob("unconfirmed_*.yaml"))
    assert written
    assert ended.out.count("waits for someone to confirm it") == len(written)
    refused = run("test", copy)
    assert refused.code == 4
    assert f"{written[0]}:1:1: expect is missing" in refused.err
    for path in written:
        lines = path.read_text("utf-8").splitlines()
        start = lines.index("# expect:")
        confirmed = [*lines[:start], *(line.removeprefix("# ") for line in lines[start:])]
        path.write_text("\n".join(confirmed) + "\n", "utf-8")
    ended = run("test", copy, "--mutants")
    assert "100.0 %" in ended.out
    assert ended.code == 0


def test_generated_cases_cover_every_branch_once_confirmed(copy: Path) -> None:
    shutil.rmtree(copy / "cases")
    ended = run("generate", copy / "cases", "--pathway", copy)
    assert ended.code == 0
    assert run("test", copy).code == 4
    for path in (copy / "cases").glob("*.yaml"):
        text = path.read_text("utf-8")
        head, mark, tail = text.partition("# expect:\n")
        path.write_text(head + (mark + tail).replace("# ", ""), "utf-8")
    ended = run("test", copy, "--coverage")
    assert "- 43 of 43 branches" in ended.out


def test_sources_end_with_5_where_a_document_is_missing(small_folder: Path, tmp_path: Path) -> None:
    ended = run("sources", "--documents", tmp_path, "--pathway", small_folder)
    assert ended.code == 5
    assert "there is no such file here" in ended.out
    assert "options to read again" in ended.out
    data = run("sources", "--documents", tmp_path, "--pathway", small_folder, "--format", "json")
    assert {one["state"] for one in json.loads(data.out)["documents"]} == {"missing"}
    assert run("sources", "--documents", tmp_path / "no", "--pathway", small_folder).code == 2


@pytest.mark.parametrize(
    "words", ["generate .", "generate options", "table export prune -o rows.csv"]
)
def test_what_is_no_file_of_a_pathway_is_not_written_into_it(words: str, copy: Path) -> None:
    ended = run(*words.split(), folder=copy)
    assert ended.code == 2
    assert "is in the folder of the pathway, where only its own files may be" in ended.err
    assert run("check", folder=copy).code == 0


@pytest.mark.parametrize("words", ["generate COPY", "generate COPY/cases", "book -o COPY/all.html"])
def test_nothing_of_one_pathway_is_written_into_another(
    words: str, copy: Path, tmp_path: Path
) -> None:
    # The folder of a pathway, named as if it were the one that is read.
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    ended = run(*words.replace("COPY", str(copy)).split(), folder=elsewhere)
    assert ended.code == 2
    assert "name that one by --pathway" in ended.err
    assert run("check", folder=copy).code == 0


def test_what_is_renamed_is_named_from_the_working_folder(copy: Path) -> None:
    refused = run("rename", "option", "prune", "Bad id", folder=copy)
    assert refused.code == 3
    assert refused.err.startswith('options/Bad id.yaml:1:9: "Bad id" is not an id')
    renamed = run("rename", "option", "prune", "trim", folder=copy)
    assert renamed.code == 0
    assert "\noptions/trim.yaml\n" in renamed.out
    assert str(copy) not in renamed.out


def test_links_lead_from_the_folder_in_which_one_stands(copy: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    shutil.copytree(copy, new)
    edit(new / "options/fell.yaml", "label: Fell", "label: Cut")
    told = run("diff", copy, ".", "--format", "markdown", folder=new).out
    links = re.findall(r"\]\(([^)#]+)#L\d+\)", told)
    assert links
    assert all((new / link).is_file() and not link.startswith("/") for link in links)


def test_a_comparison_over_a_renaming_keeps_the_digest_of_the_old_files(
    copy: Path, small_folder: Path
) -> None:
    assert run("rename", "option", "prune", "trim", "--pathway", copy).code == 0
    told = run("diff", small_folder, copy).out
    assert "option prune is now trim" in told
    for folder in (small_folder, copy):
        assert f"digest {load_pathway(folder).digest[:16]}" in told


def test_many_cases_with_another_id_are_counted(copy: Path) -> None:
    for number in range(10):
        shutil.copy(copy / "cases" / "storm_oak.yaml", copy / "cases" / f"oak_{number}.yaml")
    renamed = run("rename", "value", "kind.oak", "quercus", folder=copy)
    assert renamed.code == 0
    assert renamed.out.splitlines()[-2:] == ["cases: 11 files", "value kind.oak is now quercus"]
    assert "oak_1" not in renamed.out
