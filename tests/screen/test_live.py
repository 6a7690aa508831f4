"""Saved changes of the files are taken in while the wizard runs, and lose nothing of the case."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screen.driving import (
    SIZES,
    WIDE,
    all_lines,
    cells,
    picture,
    press,
    says,
    state_of,
    told,
)
from tests.screen.following import (
    BROKEN,
    MENDED,
    NO_STORM,
    Following,
    edit,
    footer,
    header,
    rename,
    with_birch,
    without_birch,
)
from tests.screen.test_terminal import Terminal
from wizard.case.answers import ChoiceAnswer, MultiAnswer
from wizard.exits import ExitCode
from wizard.pathway.factors import named_values
from wizard.screen import live
from wizard.screen.case.state import Topic
from wizard.screen.shared.saved import Changed, Saved, Stands
from wizard.workbench.renaming import Renaming
from wizard.workbench.standing import stand


async def test_a_saved_change_is_taken_in_and_told_in_a_line(trees: Path) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "1", "2", "enter", "asterisk", "1", "enter"])
        before = state_of(on.app)
        heard = await on.save(pilot, NO_STORM)
        after = state_of(on.app)
        assert [type(each) for each in heard] == [Stands, Saved, Changed]
        assert (after.answers, after.asked, after.trail) == (
            before.answers,
            before.asked,
            before.trail,
        )
        assert after.situation.compiled is not before.situation.compiled
        moved = {move.option: move.after.value for move in after.moved.options}
        assert moved == {"prune": "possible"}
        assert "Prune: 64 of 256 combinations no longer described" in footer(on.app)
        assert "one case differs; one case not as expected." in footer(on.app)
        await press(pilot, ["k"])
        assert "no longer described" not in footer(on.app)


async def test_what_does_not_check_is_not_taken_in_and_the_first_finding_is_told(
    trees: Path,
) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1"])
        before = state_of(on.app)
        heard = await on.save(
            pilot, BROKEN, edit("options/watch.yaml", "growth: slow", "growth: slo")
        )
        assert [type(each) for each in heard] == [Stands]
        assert state_of(on.app) is before
        assert "Not taken in: options/fell.yaml:2:1: " in footer(on.app)
        assert "more)" in footer(on.app)
        assert "The files do not check now: this is the last version that did" in header(on.app)
        await press(pilot, ["asterisk"])
        assert "Not taken in" not in footer(on.app)
        assert "The files do not check now" in header(on.app)
        await on.save(pilot, MENDED)
        assert "do not check" in header(on.app)
        await on.save(pilot, edit("options/watch.yaml", "growth: slo", "growth: slow"))
        assert "do not check" not in header(on.app)
        assert "The files were saved, and nothing changed." in footer(on.app)
        assert len(state_of(on.app).answers) == 2


async def test_a_change_behind_a_broken_save_is_compared_with_the_last_good_version(
    trees: Path,
) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await on.save(pilot, BROKEN, NO_STORM)
        await on.save(pilot, MENDED)
        assert "Prune: 64 of 256 combinations no longer described" in footer(on.app)


async def test_an_answer_that_a_version_does_not_know_is_set_aside_and_comes_back(
    trees: Path,
) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["3", "1", "2", "enter"])
        before = state_of(on.app)
        assert before.answers["kind"] == ChoiceAnswer(frozenset({"birch"}))
        await on.save(pilot, without_birch)
        after = state_of(on.app)
        assert "kind" not in after.answers
        assert after.answers["height"] == before.answers["height"]
        assert after.asked == before.asked
        told_of = "Kept aside, since this version does not know it: Kind of tree: Birch."
        assert told_of in footer(on.app)
        assert "NOT KNOWN TO THIS VERSION" in told(on.case.map)
        await on.save(pilot, with_birch)
        assert state_of(on.app).answers == before.answers
        assert "NOT KNOWN TO THIS VERSION" not in told(on.case.map)


async def test_an_answer_that_is_given_anew_stands_in_place_of_the_one_set_aside(
    trees: Path,
) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["3", "b"])
        await on.save(pilot, without_birch)
        assert len(state_of(on.app).aside) == 1
        await press(pilot, ["1"])
        assert state_of(on.app).aside == ()
        assert "NOT KNOWN TO THIS VERSION" not in told(on.case.map)
        await on.save(pilot, with_birch)
        assert state_of(on.app).answers["kind"] == ChoiceAnswer(frozenset({"oak"}))


async def test_undo_never_brings_back_what_a_version_does_not_know(trees: Path) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["3", "b", "1", "1", "2", "enter"])
        await on.save(pilot, without_birch)
        for key in ["u"] * 5 + ["ctrl+r"] * 5:
            await press(pilot, [key])
            state = state_of(on.app)
            known = named_values(state.pathway.factors["kind"])
            answer = state.answers.get("kind")
            assert not isinstance(answer, ChoiceAnswer) or answer.values <= set(known)
            assert cells(on.app)
        assert "Nothing was taken back." in footer(on.app)


async def test_undo_goes_back_step_by_step_in_the_new_version(trees: Path) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "1", "2", "enter"])
        await on.save(pilot, rename(Renaming("value", "oak", "quercus", "kind")))
        assert state_of(on.app).answers["kind"] == ChoiceAnswer(frozenset({"quercus"}))
        await press(pilot, ["u"])
        assert set(state_of(on.app).answers) == {"kind"}
        await press(pilot, ["u"])
        assert dict(state_of(on.app).answers) == {}


async def test_a_renamed_question_keeps_its_answer_its_draft_and_its_place(trees: Path) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "asterisk", "asterisk", "1", "2"])
        before = state_of(on.app)
        assert before.asked == "damage"
        assert isinstance(before.draft.members, MultiAnswer)
        await on.save(pilot, rename(Renaming("factor", "damage", "harm")))
        after = state_of(on.app)
        assert (after.asked, after.draft) == ("harm", before.draft)
        assert after.answers == before.answers
        assert "Damage" in says(on.case.question) or "Which damage shows?" in says(on.case.question)


async def test_what_lies_over_the_case_stays_unless_its_option_is_gone(trees: Path) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "tab", "enter"])
        over = state_of(on.app).overlay
        assert over is not None
        assert over.topic is Topic.OPTION
        await on.save(pilot, rename(Renaming("option", str(over.subject), "other_name")))
        now = state_of(on.app).overlay
        assert now is not None
        assert (now.topic, now.subject) == (Topic.OPTION, "other_name")
        assert all_lines(on.case.reading)


async def test_a_dialogue_is_ended_before_a_version_is_taken_in(trees: Path) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["3", "K", "enter", "K"])
        kept = state_of(on.app).kept_cases
        assert len(kept) == 1
        before = state_of(on.app).situation.compiled
        await on.save(pilot, without_birch)
        assert state_of(on.app).situation.compiled is before
        await press(pilot, ["escape"])
        after = state_of(on.app)
        assert after.situation.compiled is not before
        assert [dict(case.answers) for case in after.kept_cases] == [{}]
        assert [len(case.aside) for case in after.kept_cases] == [1]
        await on.save(pilot, with_birch)
        assert state_of(on.app).kept_cases == kept


async def test_a_tour_comes_back_to_the_case_in_the_new_version(trees: Path) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["3", "T"])
        await on.save(pilot, without_birch)
        await press(pilot, ["escape"])
        state = state_of(on.app)
        assert "kind" not in state.answers
        assert "birch" not in str(state.pathway.factors["kind"])
        await press(pilot, ["u", "1", "1"])
        assert cells(on.app)


async def test_a_vanished_and_a_replaced_folder(trees: Path) -> None:
    on = Following(trees)
    other = trees.with_name("other")
    shutil.copytree(trees, other)
    NO_STORM(other)
    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1"])
        await on.save(pilot, lambda folder: folder.rename(folder.with_name("away")))
        assert "there is no such folder" in footer(on.app)
        assert "do not check" in header(on.app)
        await press(pilot, ["asterisk"])
        await on.save(pilot, other.rename)
        assert "do not check" not in header(on.app)
        assert "Prune: 64 of 256 combinations no longer described" in footer(on.app)
        assert len(state_of(on.app).answers) == 2


async def test_a_file_that_is_empty_for_a_moment_is_never_taken_in(trees: Path) -> None:
    on = Following(trees)
    whole = (trees / "factors.yaml").read_bytes()
    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1"])
        (trees / "factors.yaml").write_bytes(b"")
        assert list(on.live.look()) == []
        (trees / "factors.yaml").write_bytes(whole[: len(whole) // 2])
        assert list(on.live.look()) == []
        (trees / "factors.yaml").write_bytes(whole)
        heard = await on.save(pilot)
        assert [type(each) for each in heard] == [Stands, Changed]
        assert "nothing changed" in footer(on.app)


async def test_a_write_while_the_files_are_read_is_read_again(
    trees: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = Following(trees)
    first = iter([NO_STORM])

    def slow(folder: Path) -> object:
        for one in first:
            one(folder)
        return stand(folder)

    monkeypatch.setattr(live, "stand", slow)
    edit("options/fell.yaml", "label: Fell", "label: Take down")(trees)
    assert on.looked() == []
    told_of = [each.told for each in on.looked() if isinstance(each, Changed)]
    assert len(told_of) == 1
    assert told_of[0].startswith("Prune: 64 of 256 combinations")


async def test_a_case_file_that_is_wrong_is_told_and_the_pathway_is_taken_in(trees: Path) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await on.save(pilot, edit("cases/storm_oak.yaml", "oak", "elm"), NO_STORM)
        assert "cases/storm_oak.yaml:" in footer(on.app)
        assert "do not check" not in header(on.app)
        assert state_of(on.app).situation.compiled.pathway.folder == str(trees)


@pytest.mark.parametrize("size", SIZES)
async def test_snapshots(
    trees: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is told of the files, as text, reviewed by eye."""
    for module in ("pathway.load", "workbench.standing"):
        # The header tells where another pathway is from, which differs between runs.
        monkeypatch.setattr(f"wizard.{module}.is_shipped", lambda _: True)
    on = Following(trees)
    shown = {}
    async with on.app.run_test(size=size) as pilot:
        await press(pilot, ["3", "1", "2", "enter", "asterisk", "1", "enter"])
        await on.save(pilot, without_birch)
        shown["saved"] = cells(on.app)
        await on.save(pilot, BROKEN)
        shown["broken"] = cells(on.app)
    for name, text in shown.items():
        assert text == picture(f"live_{name}", size, text)


@pytest.fixture
def terminal(trees: Path, tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(["--pathway", str(trees)], tmp_path)
    yield opened
    opened.child.close(force=True)


def test_a_real_save_reaches_a_real_terminal_which_is_silent_otherwise(
    terminal: Terminal, trees: Path
) -> None:
    terminal.wait_for("Which kind of tree is it?")
    terminal.press("1")
    terminal.wait_for("How tall is it?")
    terminal.drawn()
    NO_STORM(trees)
    terminal.wait_for("no longer described")
    BROKEN(trees)
    terminal.wait_for("The files do not check now")
    terminal.wait_for("options/fell.yaml:2:1")
    terminal.drawn()
    written = len(terminal.written)
    for _ in range(8):
        terminal.read()
    assert len(terminal.written) == written
    terminal.press("q")
    terminal.wait_for("Quit?")
    terminal.press("y")
    assert terminal.wait_for_end() == ExitCode.DONE
    assert terminal.restored()
