"""Words and records that differ, cases that are affected, and versions out of git."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.edits import edit
from tests.small import factor_of
from tests.workbench.expecting import silent
from wizard.pathway.factors import ChoiceFactor
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Pathway
from wizard.report import text
from wizard.report.version_diff import comparison_report
from wizard.workbench.record_diff import ChangeKind, compare_records
from wizard.workbench.revisions import RevisionError, version
from wizard.workbench.version_diff import Diff, compare

GIT = ["git", "-c", "user.name=A", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]


@pytest.fixture
def copy(small_folder: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "parks" / "trees"
    shutil.copytree(small_folder, folder)
    return folder


def diff(old: Path, new: Path) -> Diff:
    return compare(read_pathway(old), read_pathway(new), ("old", "new"), (old, new), silent)


def sorts(old: Pathway, new: Pathway) -> set[tuple[ChangeKind, tuple[str, ...]]]:
    return {(change.sort, change.path) for change in compare_records(old, new)}


def test_a_label_is_text_only(small_folder: Path, copy: Path) -> None:
    edit(copy / "options/prune.yaml", "label: Prune", "label: Cut back")
    found = diff(small_folder, copy)
    assert not found.behaviour
    assert not found.clinical
    assert [(r.sort, r.old, r.new) for r in found.records] == [
        (ChangeKind.TEXT, "Prune", "Cut back"),
        *((ChangeKind.TEXT, r.old, r.new) for r in found.records[1:]),
    ]
    assert found.cases == ()


def test_moving_lines_and_comments_change_nothing(small_folder: Path, copy: Path) -> None:
    for path in copy.rglob("*.yaml"):
        if path.parent.name != "cases":
            path.write_text(f"# a comment\n\n{path.read_text('utf-8')}", "utf-8")
    found = diff(small_folder, copy)
    assert (found.functions.changes, found.functions.rewritten, found.records) == ((), (), ())
    assert found.old.digest != found.new.digest


def test_a_claim_that_changed_its_words_is_clinical(small_folder: Path, copy: Path) -> None:
    says = read_pathway(small_folder).claims["LFT-03"].says
    edit(copy / "claims/LFT.yaml", says, f"{says} Often.")
    found = diff(small_folder, copy)
    assert not found.behaviour
    assert found.clinical
    assert [(r.sort, r.path) for r in found.records] == [
        (ChangeKind.CLAIM, ("claims", "LFT-03", "says"))
    ]


def test_records_by_sort(small_pathway: Pathway) -> None:
    kind = factor_of(small_pathway, "kind", ChoiceFactor)
    fewer = {name: value for name, value in kind.values.items() if name != "birch"}
    factors = {**small_pathway.factors, "kind": replace(kind, values=fewer)}
    found = sorts(small_pathway, replace(small_pathway, factors=factors))
    assert found == {(ChangeKind.QUESTION, ("factors", "kind", "values", "birch"))}
    turned = dict(reversed(list(small_pathway.options.items())))
    found = sorts(small_pathway, replace(small_pathway, options=turned))
    assert found == {(ChangeKind.ORDER, ("options", "(order)"))}
    option = small_pathway.options["watch"]
    card = {**option.card, "works": ("HBK-07",)}
    options = {**small_pathway.options, "watch": replace(option, card=card)}
    found = sorts(small_pathway, replace(small_pathway, options=options))
    assert found == {(ChangeKind.CITATION, ("options", "watch", "card", "works"))}
    alert = small_pathway.alerts["falling"]
    alerts = {**small_pathway.alerts, "falling": replace(alert, check=None)}
    found = sorts(small_pathway, replace(small_pathway, alerts=alerts))
    assert found == {(ChangeKind.ALERT, ("alerts", "falling", "check"))}


def test_affected_cases_name_what_changes_and_what_fails(small_folder: Path, copy: Path) -> None:
    edit(copy / "options/prune.yaml", "storm: described", "storm: not_described")
    edit(
        copy / "options/prune.yaml",
        "otherwise:\n          ask: height",
        "otherwise:\n          ask: height",
    )
    found = diff(small_folder, copy)
    assert found.clinical
    assert [case.file for case in found.cases] == ["cases/storm_oak.yaml"]
    assert "prune" in {change.subject for change in found.cases[0].changes}
    assert found.cases[0].unmet


def test_a_case_that_one_version_cannot_read_is_told(small_folder: Path, copy: Path) -> None:
    text = "    birch: {label: Birch, help: White bark.}"
    edit(copy / "factors.yaml", text, f"{text}\n    elm: {{label: Elm, help: Rough leaves.}}")
    case = (copy / "cases" / "storm_oak.yaml").read_text("utf-8")
    (copy / "cases" / "elm.yaml").write_text(case.replace("kind: oak", "kind: elm"), "utf-8")
    found = diff(small_folder, copy)
    elm = next(case for case in found.cases if case.file == "cases/elm.yaml")
    assert elm.only_in == "new"
    assert elm.problem is not None
    assert "elm" in elm.problem


def test_a_changed_unit_lists_the_thresholds_that_kept_their_number(
    small_folder: Path, copy: Path
) -> None:
    edit(copy / "factors.yaml", "unit: m", "unit: ft")
    edit(copy / "shared.yaml", "below 20", "below 55")
    edit(copy / "shared.yaml", "from 20", "from 55")
    found = diff(small_folder, copy)
    assert found.behaviour
    told = [(t.rule, t.position.file, str(t.number), t.new_unit) for t in found.thresholds]
    assert ("statement broken_branches of prune", "options/prune.yaml", "20", "ft") in told
    assert "shared tree tall_tree" not in {t.rule for t in found.thresholds}
    report = " ".join(text.laid_out(comparison_report(found)).split())
    assert "options/prune.yaml:" in report
    assert "20: m before, ft now" in report
    assert diff(small_folder, small_folder).thresholds == ()


def test_a_review_that_lapsed_comes_first(small_folder: Path, copy: Path, tmp_path: Path) -> None:
    reviewed = tmp_path / "reviewed"
    shutil.copytree(copy, reviewed)
    digest = read_pathway(reviewed).digest
    review = (
        "reviewed:\n  by: A. Woods\n  role: tree surgeon\n  date: 2026-11-22\n"
        f'  version: "2026.11"\n  digest: {digest}\n'
    )
    edit(reviewed / "pathway.yaml", "reviewed: null\n", review)
    assert not read_pathway(reviewed).review_lapsed
    shutil.rmtree(copy)
    shutil.copytree(reviewed, copy)
    edit(copy / "options/prune.yaml", "label: Prune", "label: Cut back")
    found = diff(reviewed, copy)
    assert found.clinical
    assert found.lapsed is not None
    first = comparison_report(found).sections[0]
    assert first.title == "The review has lapsed"
    assert diff(copy, copy).lapsed is None
    added = diff(small_folder, reviewed)
    assert added.clinical
    assert comparison_report(added).sections[0].title == "Review"


def test_a_hazard_left_without_its_control(small_folder: Path, copy: Path) -> None:
    found = diff(small_folder, copy)
    assert found.uncontrolled == ()
    (copy / "cases" / "storm_oak.yaml").unlink()
    found = diff(small_folder, copy)
    assert found.clinical
    assert [hazard.id for hazard, _ in found.uncontrolled] == ["H01"]
    titles = [section.title for section in comparison_report(found).sections]
    assert "Hazards left without a control" in titles
    assert diff(copy, copy).uncontrolled == ()


def test_a_hazard_added_or_told_otherwise_is_clinical(small_pathway: Pathway) -> None:
    fewer = replace(small_pathway, hazards={})
    for old, new in ((small_pathway, fewer), (fewer, small_pathway)):
        assert {sort for sort, _ in sorts(old, new)} == {ChangeKind.HAZARD}
    first = small_pathway.hazards["H01"]
    loose = replace(first, tests=(), places=(), planned="Later.")
    edited = replace(small_pathway, hazards={**small_pathway.hazards, "H01": loose})
    assert {sort for sort, _ in sorts(small_pathway, edited)} == {ChangeKind.HAZARD}


# --- git -------------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> None:
    subprocess.run([*GIT, "-C", str(folder), *words], check=True, capture_output=True)


@pytest.fixture
def repository(copy: Path) -> Path:
    top = copy.parent
    git(top, "init", "-q")
    git(top, "add", ".")
    git(top, "commit", "-qm", "first")
    edit(copy / "options/prune.yaml", "storm: described", "storm: not_described")
    git(top, "commit", "-qam", "second")
    return top


def test_a_revision_has_the_files_as_they_were(
    repository: Path, small_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    with version("HEAD~1:trees", Path("nowhere")) as earlier:
        assert read_pathway(earlier.folder).digest == read_pathway(small_folder).digest
        assert (earlier.folder / "cases" / "storm_oak.yaml").is_file()
    assert not earlier.folder.exists()
    with version("HEAD", Path("trees")) as now:
        assert read_pathway(now.folder).digest == read_pathway(repository / "trees").digest
    with version("trees", Path("nowhere")) as folder:
        assert folder.folder == Path("trees")


@pytest.mark.parametrize("name", ["nowhere", "HEAD:nowhere", "--all", "", "HEAD~7:trees"])
def test_what_is_neither_folder_nor_revision(
    name: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    told = r"there is no such folder|has no folder"
    with pytest.raises(RevisionError, match=told), version(name, Path("trees")):
        pass
