"""An overlay adds to a pathway: nothing of it changes, and an option can only come nearer."""

import json
import re
import subprocess
from pathlib import Path
from random import Random
from shutil import copytree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pathway.hospital_copy import UNKNOWN_DIGEST, hospital
from tests.pathway.overlays import SMALL, edited, said
from tests.program import run
from tests.reasoning.pathways import random_answers
from tests.small import factor_of, shipped
from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.exits import ExitCode
from wizard.pathway.factors import ChoiceFactor
from wizard.pathway.format.digest import digest_of
from wizard.pathway.format.folder import take_snapshot
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.load import load_pathway
from wizard.pathway.model import Status
from wizard.pathway.problems import PathwayErrors
from wizard.reasoning.agreement import Stand, agreement_on
from wizard.reasoning.assessing import assess
from wizard.reasoning.expecting import differences
from wizard.wording.notices import foreign_line, pathway_stamp
from wizard.workbench.checking import read_whole

GIT = ["git", "-c", "user.name=A", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
NEARER = (Status.NOT_DESCRIBED, Status.POSSIBLE, Status.DESCRIBED)


@pytest.fixture(scope="module")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    return compile_pathway(read_pathway(hospital(tmp_path_factory.mktemp("overlay"))))


# --- the two proofs ----------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_what_is_shipped_stands_as_it_does_alone_and_options_only_rise(
    overlay: Compiled, seed: int
) -> None:
    given_ones = random_answers(Random(seed), overlay.pathway.factors)
    alone = shipped()
    before = assess(
        alone, Answers({f: a for f, a in given_ones.items() if f in alone.pathway.factors})
    )
    after = assess(overlay, given_ones)
    for name, option in before.options.items():
        now = after.options[name]
        kept = {statement: now.statements[statement] for statement in option.statements}
        assert kept == option.statements
        assert NEARER.index(now.status) >= NEARER.index(option.status)
        if len(now.statements) == len(option.statements):
            assert (now.status, now.aims) == (option.status, option.aims)
            assert now.usual_setting is option.usual_setting


def test_everything_shipped_is_there_word_for_word(overlay: Compiled) -> None:
    base, top = shipped().pathway, overlay.pathway
    assert {c: top.claims[c].says for c in base.claims} == {
        c: claim.says for c, claim in base.claims.items()
    }
    assert [o for o in top.options if not o.startswith("sth_")] == list(base.options)
    assert [f for f in top.factors if not f.startswith("sth_")] == list(base.factors)
    assert list(top.factors)[-2:] == ["sth_frailty", "sth_kidneys"], "at the end of their step"
    for name, option in base.options.items():
        now = top.options[name]
        assert now.card.keys() == option.card.keys()
        assert {s: now.statements[s].claims for s in option.statements} == {
            s: statement.claims for s, statement in option.statements.items()
        }


# --- what it adds ------------------------------------------------------------------------------


def test_its_cases_are_as_expected(tmp_path: Path) -> None:
    pathway, cases = read_whole(hospital(tmp_path), shipped=False)
    compiled = compile_pathway(pathway)
    assert len(cases) == 51
    for case in cases.values():
        assert case.expect is not None
        assert differences(case.expect, assess(compiled, case.answers)) == ()


def test_its_exclusion_makes_the_documents_differ(overlay: Compiled, tmp_path: Path) -> None:
    _, cases = read_whole(hospital(tmp_path), shipped=False)
    answers = cases["bowel_net_removable_very_frail.yaml"].answers
    now = assess(overlay, answers)
    agreed = agreement_on(overlay, answers, now, "surgery")
    assert now.options["surgery"].status is Status.DESCRIBED
    assert agreed.differ is Status.DESCRIBED
    assert agreed.excluding == ("STH",)
    assert agreed.stands["ICS"] is Stand.MATCHES


def test_other_words_are_of_options_factors_and_answers(overlay: Compiled) -> None:
    options = overlay.pathway.options
    extent = factor_of(overlay.pathway, "extent", ChoiceFactor)
    assert {"keyhole operation", "debulking", "operation"} <= set(options["surgery"].also)
    assert "disseminated" in extent.values["spread"].also


# --- both are named ----------------------------------------------------------------------------


def test_base_and_overlay_are_named_wherever_a_pathway_is(overlay: Compiled) -> None:
    pathway, base = overlay.pathway, shipped().pathway
    assert pathway.title == "Neuroendocrine tumours, with The protocol of a hospital"
    assert f"on top of neuroendocrine {base.version}, SHA-256 {base.digest}" in pathway_stamp(
        pathway
    )
    assert "It adds to neuroendocrine" in foreign_line(pathway)[0]


def test_commands_name_both(tmp_path: Path) -> None:
    folder = hospital(tmp_path)
    case = folder / "cases" / "bowel_blockage_very_frail.yaml"
    done = run("assess", str(case), "--pathway", str(folder), "--format", "json")
    assert done.code == 0, done.read + done.err
    version = shipped().pathway.version
    assert (
        f"hospital, on top of neuroendocrine {version} (not the shipped copy)"
        in done.read + done.err
    )
    assert json.loads(done.out)["pathway"]["extends"] == {
        "id": "neuroendocrine",
        "version": version,
        "digest": shipped().pathway.digest,
    }
    for command in (["check", str(folder)], ["test", str(folder)]):
        assert run(*command).code == 0
    compared = run("diff", "pathways/neuroendocrine", str(folder), "--all")
    assert compared.code == 5, "what an overlay adds changes results"
    assert "Exclusion sth_very_frail is new" in compared.out


# --- the base ----------------------------------------------------------------------------------


def test_another_base_is_told_with_the_way_to_what_changed(tmp_path: Path) -> None:
    folder = hospital(tmp_path)
    digest = shipped().pathway.digest
    edited(folder, "pathway.yaml", digest, "f" * 64)
    [told] = said(folder)
    assert told.startswith("pathway.yaml:9:11: neuroendocrine in ")
    assert f"its digest is {digest}; see what changed by `mdt-wizard diff OLD " in told


def test_a_base_that_is_not_there_is_told(tmp_path: Path) -> None:
    folder = edited(hospital(tmp_path), "pathway.yaml", "pathway: neuroendocrine", "pathway: skin")
    [told] = said(folder)
    assert told.startswith('pathway.yaml:6:12: the pathway "skin" that is extended is not found')


def on_the_park(folder: Path) -> Path:
    """A small overlay, beside a copy of the pathway of the tests."""
    park = Path(copytree(SMALL, folder / "park"))
    top = folder / "town"
    top.mkdir()
    (top / "pathway.yaml").write_text(
        'format: 2\npathway: town\ntitle: The town\nversion: "1"\nextends: {pathway: park_trees, '
        f'version: "2026.11", digest: {read_pathway(park).digest}}}\nprefix: twn\nreviewed: null\n'
        "changes:\n  - {version: '1', date: '2026-11-27', what: First version.}\n"
    )
    return top


def test_a_base_beside_it_is_found_and_an_edit_of_it_is_noticed_through_the_cache(
    tmp_path: Path,
) -> None:
    top = on_the_park(tmp_path)
    assert load_pathway(top) == load_pathway(top)
    edited(tmp_path / "park", "options/watch.yaml", "label: Watch", "label: Look at")
    with pytest.raises(PathwayErrors, match=r"is not the 2026\.11 that is extended"):
        load_pathway(top)


def test_what_changed_in_a_base_is_told_where_the_old_one_lies_beside(tmp_path: Path) -> None:
    """A copy of the base as it was serves the overlay; check says what came since."""
    top = on_the_park(tmp_path)
    assert "What changed" not in run("check", top).out
    copytree(tmp_path / "park", tmp_path / "park_before")
    edited(tmp_path / "park", "options/watch.yaml", "growth: slow", "growth: fast")
    told = run("check", top)
    assert told.code == 0
    assert "nothing wrong\nWhat changed in park_trees, from 2026.11 in " in told.out
    assert "- Results change: one option and one statement.\n" in told.out
    assert f"All of it: mdt-wizard diff {tmp_path / 'park_before'} {tmp_path / 'park'}" in told.out


def test_what_changed_in_a_base_is_told_where_git_has_the_old_one(tmp_path: Path) -> None:
    top = on_the_park(tmp_path)
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*GIT, "-C", str(tmp_path), *words], check=True)
    edited(tmp_path / "park", "options/watch.yaml", "label: Watch", "label: Look at")
    told = run("check", top, folder=tmp_path)
    assert told.code == ExitCode.BAD_PATHWAY
    assert "is not the 2026.11 that is extended" in told.out
    assert "- Text only: options / watch / label (options/watch.yaml:2)\n" in told.out
    assert re.search("All of it: mdt-wizard diff [0-9a-f]+:park park", told.out)


def test_an_overlay_is_no_base(tmp_path: Path) -> None:
    town = on_the_park(tmp_path)
    street = Path(copytree(town, tmp_path / "street"))
    edited(street, "pathway.yaml", "pathway: town", "pathway: street")
    edited(street, "pathway.yaml", "{pathway: park_trees", "{pathway: town")
    [told] = said(street)
    assert told == (
        f"pathway.yaml:5:20: town in {town} is an overlay itself, and only a whole pathway can be "
        "extended; extend park_trees 2026.11, and put all that is added into one folder"
    )


def test_a_base_that_does_not_check_is_told_as_such(tmp_path: Path) -> None:
    top = on_the_park(tmp_path)
    before = read_pathway(tmp_path / "park").digest
    edited(tmp_path / "park", "options/watch.yaml", "label: Watch", "lable: Watch")
    after = digest_of(take_snapshot(tmp_path / "park").contents)
    edited(top, "pathway.yaml", before, after)
    [told] = said(top)
    assert "the pathway park_trees that is extended does not check; see `mdt-wizard check" in told


# --- nothing is changed, removed, or without its prefix ----------------------------------------

SURGERY = "options/surgery.yaml"
ATTEMPTS = [
    (
        SURGERY,
        "option: surgery\n",
        "option: surgery\nlabel: Operation\n",
        'options/surgery.yaml:2:1: "label" is not a key that can stand here; the keys are option, '
        "also, statements, excludes, cautions",
    ),
    (
        SURGERY,
        "sth_bowel_blockage:",
        "main_treatment:",
        'options/surgery.yaml:4:3: "main_treatment" is of neuroendocrine already; an overlay adds, '
        "and changes nothing: a disagreement is an exclusion or an alert of level sources_differ",
    ),
    (
        SURGERY,
        "sth_bowel_blockage:",
        "bowel_blockage:",
        'options/surgery.yaml:4:3: "bowel_blockage" does not carry the prefix of this overlay; '
        "every id that it adds begins with sth_; did you mean sth_bowel_blockage?",
    ),
    (
        "factors.yaml",
        "sth_frailty:",
        "extent:",
        'factors.yaml:1:1: "extent" is of neuroendocrine already; an overlay adds, and changes '
        "nothing: a disagreement is an exclusion or an alert of level sources_differ",
    ),
    (
        "alerts.yaml",
        "sth_blockage:",
        "carcinoid_crisis:",
        'alerts.yaml:1:1: "carcinoid_crisis" is of neuroendocrine already; an overlay adds, and '
        "changes nothing: a disagreement is an exclusion or an alert of level sources_differ",
    ),
    (
        "alerts.yaml",
        "sth_blockage:",
        "blockage:",
        'alerts.yaml:1:1: "blockage" does not carry the prefix of this overlay; every id that it '
        "adds begins with sth_; did you mean sth_blockage?",
    ),
    (
        "pathway.yaml",
        "  person: [sth_frailty, sth_kidneys]",
        "  persons: [sth_frailty, sth_kidneys]",
        'pathway.yaml:13:3: there is no step "persons"; known are person, tumour, spread, change, '
        "effects, treatment; did you mean person?",
    ),
    (
        "pathway.yaml",
        "  surgery: [keyhole operation]",
        "  surgry: [keyhole operation]",
        'pathway.yaml:20:3: there is no option, factor or answer "surgry"; write OPTION, FACTOR or '
        "FACTOR.VALUE; did you mean surgery?",
    ),
    (
        "pathway.yaml",
        "  STH1: Frailty",
        "  D1: Frailty",
        'pathway.yaml:23:3: "D1" is of neuroendocrine already; an overlay adds, and changes '
        "nothing: a disagreement is an exclusion or an alert of level sources_differ",
    ),
    (
        "pathway.yaml",
        "reviewed: null",
        "old_after_years: 9\nreviewed: null",
        'pathway.yaml:34:1: "old_after_years" is not a key that can stand here; the keys are',
    ),
    (
        "pathway.yaml",
        "prefix: sth",
        "prefix: sth_",
        'pathway.yaml:10:9: "sth_" has the wrong form; two to four small letters were expected',
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "told"), ATTEMPTS)
def test_an_attempt_on_the_base_is_told_with_its_place(
    file: str, old: str, new: str, told: str, tmp_path: Path
) -> None:
    folder = edited(hospital(tmp_path), file, old, new)
    every = said(folder)
    assert any(each.startswith(told) for each in every), every


def test_claims_of_a_document_of_the_base_are_not_added_to(tmp_path: Path) -> None:
    folder = hospital(tmp_path)
    text = "source: CRI\nclaims: {}\n"
    (folder / "claims" / "CRI.yaml").write_text(text)
    assert any(
        each.startswith('claims/CRI.yaml:1:9: "CRI" is of neuroendocrine already')
        for each in said(folder)
    )


def test_the_digest_of_an_overlay_changes_with_its_own_files_and_with_its_base(
    tmp_path: Path,
) -> None:
    top = on_the_park(tmp_path)
    first = read_pathway(top).digest
    assert first != UNKNOWN_DIGEST
    edited(top, "pathway.yaml", "title: The town", "title: A town")
    assert read_pathway(top).digest != first
