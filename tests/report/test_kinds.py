"""Each kind of finding is explained, and its example of wrong is told by its code, right is not."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from tests.pathway.hospital_copy import hospital
from tests.pathway.overlays import copied
from wizard.engine.compiling import compile_pathway
from wizard.exits import WrongUsageError
from wizard.pathway.codes import Code
from wizard.pathway.format import walk
from wizard.pathway.load import load_pathway
from wizard.report import kinds as module
from wizard.report.kinds import explanation, kind_named, kinds
from wizard.report.workbench import coverage_report, score_report
from wizard.settings.reading import FILE_VARIABLE, read_settings
from wizard.wording.outline import Report
from wizard.workbench import checking
from wizard.workbench.checking import read_whole
from wizard.workbench.covering import coverage
from wizard.workbench.examining import examine
from wizard.workbench.scoring import score

CODES: Final = {code for name, code in vars(Code).items() if not name.startswith("_")}
WRITTEN: Final = tomllib.loads(Path(module.__file__).with_name("kinds.toml").read_text("utf-8"))
IN_FILES: Final = [code for code, kind in WRITTEN.items() if "file" in kind]
IN_WORDS: Final = [code for code in WRITTEN if code not in IN_FILES]
TODAY: Final = date(2026, 11, 21)


def told(folder: Path, copies: Path | None = None, *, deep: bool = False) -> list[str]:
    """The codes of what a check finds."""
    step = (lambda _: None) if deep else None
    return [one.code for one in examine(folder, copies, TODAY, step).findings]


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), "utf-8")


# --- the texts -------------------------------------------------------------------------------


def test_each_kind_is_explained_and_no_other() -> None:
    assert set(kinds()) == CODES


@pytest.mark.parametrize("code", sorted(WRITTEN))
def test_an_explanation_is_whole_and_short(code: str) -> None:
    kind = kinds()[code]
    assert not kind.title.endswith(".")
    assert kind.why.endswith(".")
    assert kind.wrong.strip()
    assert kind.right.strip() != kind.wrong.strip()
    lines = explanation(kind).splitlines()
    assert lines[0].startswith(f"{code} (")
    assert len(lines) <= 35
    assert max(map(len, lines)) <= 110


@pytest.mark.parametrize("typed", ["E-REF-02", "e-ref-02", "[E-REF-02]", " E-REF-02"])
def test_a_code_is_found_as_people_copy_it(typed: str) -> None:
    assert kind_named(typed).code == "E-REF-02"


def test_an_unknown_code_is_told_with_the_nearest() -> None:
    with pytest.raises(WrongUsageError, match=r'"W-REF2"; did you mean E-REF-02\?$'):
        kind_named("W-REF2")
    with pytest.raises(WrongUsageError, match=r'"E-HAZ-O1"; did you mean E-HAZ-01\?$'):
        kind_named("E-HAZ-O1")
    with pytest.raises(WrongUsageError, match=r'no kind of finding "zzz"$'):
        kind_named("zzz")


# --- examples that are lines of a file -------------------------------------------------------


@pytest.mark.parametrize("code", IN_FILES)
def test_wrong_is_told_by_its_code_and_right_is_not(code: str, tmp_path: Path) -> None:
    kind = WRITTEN[code]
    found = {}
    deep = "-DEP-" in code or "-DOC-" in code
    for which in ("wrong", "right"):
        folder = copied(tmp_path / which)
        changed(folder / kind["file"], kind.get("instead_of", kind["right"]), kind[which])
        for name, (old, new) in kind.get("also", {}).items():
            changed(folder / name, old, new)
        found[which] = told(folder, deep=deep)
    assert code in found["wrong"]
    assert code not in found["right"]
    if not deep:
        assert found["right"] == []


# --- examples in words: a folder for each of the two ----------------------------------------


def _files(folder: Path, wrong: bool, code: str) -> list[str]:
    match code:
        case Code.NO_PATHWAY:
            return told(folder.with_name("nowhere") if wrong else folder)
        case Code.MISSING_FILE if wrong:
            (folder / "glossary.yaml").unlink()
            changed(folder / "pathway.yaml", "HBK-09: It is", "HBK-04: None.\n  HBK-09: It is")
        case Code.STRANGE_FILE if wrong:
            (folder / "alert.yaml").write_text("{}\n")
        case Code.UNREADABLE_FILE if wrong:
            elsewhere = folder.with_name("elsewhere.yaml")
            (folder / "glossary.yaml").rename(elsewhere)
            (folder / "glossary.yaml").symlink_to(elsewhere)
        case Code.NOT_TEXT if wrong:
            text = (folder / "options/watch.yaml").read_text("utf-8")
            data = text.replace("label: Watch", "label: Früh").encode("latin-1")
            (folder / "options/watch.yaml").write_bytes(data)
    return told(folder)


@pytest.mark.parametrize("wrong", [True, False])
@pytest.mark.parametrize(
    "code",
    [
        Code.NO_PATHWAY,
        Code.MISSING_FILE,
        Code.STRANGE_FILE,
        Code.UNREADABLE_FILE,
        Code.NOT_TEXT,
    ],
)
def test_files_that_are_not_as_they_should_be(code: str, wrong: bool, tmp_path: Path) -> None:
    assert (code in _files(copied(tmp_path), wrong, code)) is wrong


def test_rules_that_cannot_be_proved_or_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(tmp_path)
    scoped = "when: {kind: [oak, beech], fungus_parts: trunk}"
    changed(folder / "options/prune.yaml", scoped, f"{scoped}\n    scope: {{kind: broadleaved}}")
    assert told(folder) == []
    with monkeypatch.context() as patched:
        patched.setattr(walk, "MAX_STEPS", 0)
        changed(folder / "glossary.yaml", "term: Crown", "term: The crown")
        assert Code.TOO_MANY_WAYS in told(folder)
    monkeypatch.setattr(checking, "compile_pathway", partial(compile_pathway, budget=10))
    assert told(folder) == [Code.TOO_LARGE]


OVERLAY: Final = {
    Code.NO_BASE: ("pathway: neuroendocrine\n", "pathway: neuroendocrin\n"),
    Code.BASE_CHANGED: ('digest: "', 'digest: "' + "1" * 64 + '" # '),
    Code.NO_PREFIX: ("actions: {sth_look_at: look", "actions: {look_at: look"),
    Code.OF_BASE: ("actions: {sth_look_at:", "actions: {avoid_alcohol: say, sth_look_at:"),
}


@pytest.mark.parametrize("code", OVERLAY)
def test_overlays_that_do_not_fit_their_base(code: str, tmp_path: Path) -> None:
    folder = hospital(tmp_path)
    assert told(folder) == []
    changed(folder / "pathway.yaml", *OVERLAY[code])
    assert code in told(folder)


def test_documents_that_differ_and_words_that_are_theirs(tmp_path: Path) -> None:
    folder, copies = copied(tmp_path), tmp_path / "copies"
    copies.mkdir()
    for number, source in enumerate(load_pathway(folder).sources.values()):
        lines = [""] * 30
        for claim in load_pathway(folder).claims.values():
            if claim.source == source.id:
                first = int(re.split("[-,]", claim.lines)[0])
                lines[first - 1] += f" {claim.anchor};"
        data = "\n".join([*lines, "A long sentence stands here, and nobody may take it over."])
        (copies / source.file).write_text(data)
        digest = sha256(data.encode()).hexdigest()
        changed(folder / "sources.yaml", f"sha256: {str(number) * 64}", f"sha256: {digest}")
    assert told(folder, copies) == []
    moved = folder / "claims/LFT.yaml"
    changed(moved, "lines: 2-3, anchor: summer", 'lines: "20", anchor: summer')
    assert told(folder, copies) == [Code.ANCHOR_MOVED]
    (copies / "leaflet.txt").write_text("something else\n")
    assert {Code.COPY_DIFFERS, Code.ANCHOR_UNPROVED} == set(told(folder, copies))
    taken = "A long sentence stands here, and nobody may take it over."
    changed(folder / "options/prune.yaml", "The handbook gives no season.", f'"{taken}"')
    assert Code.COPIED_WORDS in told(folder, copies)


def test_a_setting_that_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('start = "nowhere"\n')
    found = read_settings({FILE_VARIABLE: str(path)})
    assert [problem.code for problem in found.problems] == [Code.WRONG_SETTING]
    path.write_text('start = "case"\n')
    assert read_settings({FILE_VARIABLE: str(path)}).problems == ()


def _titles(report: Report) -> Iterator[str]:
    for section in report.sections:
        yield from (item.text for item in section.items)


def test_what_the_cases_miss(tmp_path: Path) -> None:
    pathway, cases = read_whole(copied(tmp_path), shipped=False)
    found = coverage(pathway, cases, lambda _: None)
    every = list(_titles(coverage_report(found, "")))
    assert any(one.endswith(f"[{Code.MISSED}]") for one in every)
    assert any(one.endswith(f"[{Code.MISSED_PAIR}]") for one in every)
    survivors = score(pathway, cases, lambda _: None)
    every = list(_titles(score_report(survivors, "")))
    assert any(one.endswith(f"[{Code.UNCAUGHT_EDIT}]") for one in every)


TESTED_ABOVE: Final = {
    *(Code.NO_PATHWAY, Code.MISSING_FILE, Code.STRANGE_FILE, Code.UNREADABLE_FILE, Code.NOT_TEXT),
    *(Code.TOO_MANY_WAYS, Code.TOO_LARGE, *OVERLAY, Code.WRONG_SETTING),
    *(Code.ANCHOR_MOVED, Code.COPY_DIFFERS, Code.ANCHOR_UNPROVED, Code.COPIED_WORDS),
    *(Code.MISSED, Code.MISSED_PAIR, Code.UNCAUGHT_EDIT),
}


def test_each_example_in_words_is_tried_too() -> None:
    assert set(IN_WORDS) == TESTED_ABOVE
