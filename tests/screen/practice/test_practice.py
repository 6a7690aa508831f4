"""The practice place as a person uses it: keys, mouse, sizes, and what reaches the log."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from tests.program import run
from tests.screen.driving import (
    SIZES,
    WIDE,
    cells,
    picture,
    press,
    says,
    shipped,
    text_of,
    told,
    told_otherwise,
    wizard,
)
from tests.screen.practice.practising import (
    answer,
    marking_in_front,
    now_of,
    practising,
    row_of,
    stage_of,
    unordered,
)
from tests.screen.test_terminal import Terminal
from tests.small import small
from wizard.engine.compiling import compile_pathway
from wizard.exits import ExitCode
from wizard.practice.log import Log, log_path
from wizard.practice.marking import Judgement, mark
from wizard.practice.planning import TASKS
from wizard.practice.rounds import Phase
from wizard.practice.tasks import TaskKind
from wizard.practice.words import KIND_GISTS
from wizard.screen.case.screen import CaseScreen
from wizard.screen.practice.keys import KEYS
from wizard.screen.practice.state import Sheet, Stage
from wizard.wording.vignettes import compact_case, narrated

VERDICTS = {"RIGHT", "MISSED", "WRONG"}
HOSTILE = ["[Lu-177]Lu [/x] [@click=app.quit]y[/] [a [b]", "Long label " * 27 + "end"]


async def test_a_whole_round_of_ten_tasks_by_keyboard_alone_is_kept() -> None:
    app, screen = practising()
    seen = set()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["enter"])
        while screen.state.stage is not Stage.SUMMARY:
            assert screen.state.round is not None
            seen.add(screen.state.round.task.kind)
            await answer(pilot, screen)
            assert screen.state.stage is Stage.MARKED
            assert VERDICTS & set(told(screen.task_pane).split())
            await press(pilot, ["enter"])
        assert screen.state.round is not None
        assert len(screen.state.round.results) == TASKS
        assert "ONE THING TO LEARN" in says(screen.task_pane)
        assert "Ten tasks:" in says(screen.task_pane)
        await press(pilot, ["enter"])
        assert stage_of(screen) is Stage.START
    assert seen == set(TaskKind)
    assert screen.finish() == ""
    kept = Log(log_path()).tasks()
    assert len(kept) == TASKS
    assert [unordered(done) for done in kept] == [unordered(done) for done in screen.state.done]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "seed"), [*((kind, 5) for kind in TaskKind), (next(iter(TaskKind)), 11)]
)
async def test_the_trainee_answers_before_anything_is_shown(kind: TaskKind, seed: int) -> None:
    """Whatever key is pressed before the answer, no mark, reason or claim is told."""
    app, screen = practising(seed=seed, kind=kind)
    async with app.run_test(size=(120, 60)) as pilot:
        await press(pilot, ["enter"])
        now = screen.state.round
        assert now is not None
        marked = mark(screen.state.curriculum, now.task, 0, frozenset())
        reasons = {line.why for line in marked.lines} | {
            each.claim for line in marked.lines for each in line.citations
        }
        assert reasons - {""}
        for key in ("c", "p", "question_mark", "escape", "1", "enter"):
            await press(pilot, [key])
            shown = " ".join(cells(app).split())
            if screen.state.stage is not Stage.MARKED:
                assert not [words for words in reasons if words and words in shown], key
        assert screen.state.sheet is None


async def test_a_hint_and_a_second_chance_then_the_marks_with_reason_and_claim() -> None:
    app, screen = practising(kind=TaskKind.OPTIONS)
    async with app.run_test(size=(120, 60)) as pilot:
        await press(pilot, ["enter", "2", "enter"])
        assert now_of(screen) is Phase.SECOND_CHANCE
        assert "Not right yet: a second chance." in says(screen.task_pane)
        assert "Look again at:" in says(screen.task_pane)
        assert screen.state.round is not None
        assert len(screen.state.round.ticked) == 1
        assert not screen.state.done
        await press(pilot, ["enter"])
        assert now_of(screen) is Phase.SECOND_CHANCE
        assert "Nothing has changed" in says(screen.footer)
        await press(pilot, ["g"])
        assert "MISSED" in says(screen.task_pane)
        assert "Described because" in says(screen.task_pane)
        marking = screen.state.round.marking
        assert marking is not None
        missed = next(line for line in marking.lines if line.judgement is Judgement.MISSED)
        claim = missed.citations[0]
        assert missed.why in says(screen.task_pane)
        assert f"{claim.claim} · {claim.place} · {claim.badge}" in says(screen.task_pane)
        assert len(screen.state.done) == 1
        await press(pilot, ["c"])
        assert claim.claim in says(screen.reading)
        await press(pilot, ["escape"])
        assert screen.state.sheet is None


async def test_digits_space_arrows_and_clicks_tick() -> None:
    app, screen = practising(kind=TaskKind.OPTIONS)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["enter"])
        assert screen.state.round is not None
        choices = [choice.id for choice in screen.state.round.asked.choices]
        labels = [choice.label for choice in screen.state.round.asked.choices]
        assert len(choices) > 9
        ways = (["9"], ["j", "space"], ["m", "1"], ["1"], ["1"], ["m", "9"], ["9"])
        wanted: list[set[int]] = [{8}, {8, 9}, {8}, {8, 9}, {8}, set(), {8}]
        for keys, places in zip(ways, wanted, strict=True):
            await press(pilot, keys)
            assert screen.state.round.ticked == {choices[place] for place in places}, keys
            assert screen.state.stage is Stage.ASKED
        await pilot.click("#task", offset=(8, row_of(screen, labels[2])))
        await pilot.pause()
        assert screen.state.round.ticked == {choices[2], choices[8]}
        await pilot.click("#task", offset=(8, row_of(screen, "Commit two ticks")))
        await pilot.pause()
        assert now_of(screen) is not Phase.ASKED


async def test_a_commit_without_a_tick_is_asked_for_by_name() -> None:
    app, screen = practising()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["enter", "enter"])
        assert now_of(screen) is Phase.ASKED
        assert "Nothing is ticked" in says(screen.footer)
        await press(pilot, ["n"])
        assert now_of(screen) is Phase.SECOND_CHANCE


async def test_the_places_keep_what_is_in_them_and_are_reached_by_key_tab_and_search() -> None:
    app, screen = practising()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["enter", "1", "f6", "1", "2"])
        case = app.screen
        assert isinstance(case, CaseScreen)
        assert len(case.state.answers) == 2
        header = text_of(case.header)
        assert "‹Case›" in header
        await pilot.click("#header", offset=(header.index("Practice"), 0))
        await pilot.pause()
        assert app.screen is screen
        assert screen.state.round is not None
        assert len(screen.state.round.ticked) == 1
        await press(pilot, ["f7"])
        assert "This is the practice place." in says(screen.footer)
        await press(pilot, ["ctrl+p", *"case", "enter"])
        assert app.screen_stack[-1] is case
        await press(pilot, ["f7", "q"])
        assert "What is ticked now is not kept" in cells(app)
        await press(pilot, ["n", "n", "n", "q"])
        assert app.screen_stack[-2] is case
        assert "What this case holds is neither" in cells(app)
        await press(pilot, ["y"])
        assert app.return_code is not None


async def test_only_places_that_exist_are_shown() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["f7"])
        assert "Practice" not in cells(app).splitlines()[0]
        assert "no such place" in cells(app)


async def test_ending_a_round_early_sums_up_what_was_finished() -> None:
    app, screen = practising()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["enter"])
        await answer(pilot, screen)
        await press(pilot, ["enter", "1", "e"])
        assert "End the round? What is ticked now is not kept." in cells(app)
        await press(pilot, ["n"])
        assert screen.state.stage is Stage.ASKED
        await press(pilot, ["e", "y"])
        assert stage_of(screen) is Stage.SUMMARY
        assert "Nine tasks not finished" in says(screen.case_pane)
        await press(pilot, ["enter"])
        assert stage_of(screen) is Stage.START


async def test_looking_back_shows_what_was_marked_and_changes_nothing() -> None:
    app, screen = practising()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["enter", "b"])
        assert "No question of this round was marked before." in says(screen.footer)
        seen = []
        for _task in range(2):
            await answer(pilot, screen)
            seen.append(marking_in_front(screen))
            await press(pilot, ["enter"])
        await press(pilot, ["2"])
        before = screen.state
        for place in (1, 0):
            await press(pilot, ["b"])
            shown = says(screen.task_pane)
            assert "Looking back" in shown
            assert marking_in_front(screen) == seen[place]
            assert VERDICTS & set(shown.split())
            await press(pilot, ["1", "n", "g", "space"])
            assert screen.state.round == before.round
        await press(pilot, ["b"])
        assert "No question of this round was marked before." in says(screen.footer)
        await press(pilot, ["c"])
        assert screen.state.sheet is Sheet.SOURCES
        await press(pilot, ["escape", "enter"])
        assert screen.state.back == 1
        await press(pilot, ["b", "escape"])
        assert screen.state == before


async def test_a_conclusion_is_one_choice_with_ticks_only_where_it_is_too_early() -> None:
    app, screen = practising(kind=TaskKind.CONCLUDE)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["enter"])
        assert screen.state.round is not None
        choices = [choice.id for choice in screen.state.round.asked.choices]
        ways = (["1"], ["2"], ["3"], ["4"], ["1"], ["*"], ["3"], ["*"], ["2"], ["2"])
        wanted: list[set[int]] = [{0}, {1}, {2}, {2, 3}, {0}, set(), {2}, {2}, {1}, set()]
        for keys, places in zip(ways, wanted, strict=True):
            await press(pilot, keys)
            assert screen.state.round.ticked == {choices[place] for place in places}, keys
        await press(pilot, ["n"])
        assert "One choice is right at least" in says(screen.footer)
        await press(pilot, ["0"])
        assert "0 is not a choice" in says(screen.footer)
        assert screen.state.stage is Stage.ASKED


async def test_emergency_rules_intended_use_and_help_are_one_key_away_at_any_time() -> None:
    app, screen = practising()
    async with app.run_test(size=(40, 12)) as pilot:
        for keys in ([], ["enter"], ["1", "enter"]):
            await press(pilot, keys)
            for key, sheet, words in (
                ("a", Sheet.EMERGENCIES, "Surgery or a biopsy may trigger"),
                ("i", Sheet.INTENDED_USE, "Shows which treatment options"),
                ("question_mark", Sheet.HELP, ""),
            ):
                await press(pilot, [key])
                assert screen.state.sheet is sheet
                assert words in says(screen.reading)
                await press(pilot, ["escape"])


def test_every_key_has_a_tooltip_and_the_footer_five_at_most() -> None:
    assert len({key.action for key in KEYS}) == len(KEYS)
    assert all(key.tooltip and key.label for key in KEYS)


@pytest.mark.parametrize("text", HOSTILE, ids=["markup", "long"])
async def test_text_is_shown_literally(text: str) -> None:
    app, _screen = practising(compile_pathway(told_otherwise(shipped().pathway, text)))
    words = text.split(maxsplit=1)[0]
    async with app.run_test(size=WIDE) as pilot:
        for keys in (["i"], ["escape", "p"], ["escape", "a"], ["escape", "enter"], ["1", "enter"]):
            await press(pilot, keys)
            assert words in cells(app), keys
        await press(pilot, ["enter"])
        assert words in cells(app)
        await press(pilot, ["c"])
        assert words in cells(app)
        assert app.return_code is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
async def test_whatever_is_pressed_practice_is_alive(seed: int) -> None:
    """Two hundred keys, in bursts as fast as they can be typed, and clicks; none of them quits."""
    chance = random.Random(seed)
    leaving = {"leave"}
    names = [
        *(name for key in KEYS if key.action not in leaving for name in key.keys.split(",")),
        *"1234567891234jk",
        *("enter", "enter", "enter", "up", "down", "home", "end", "pagedown", "y", "0", "x"),
    ]
    app, screen = practising(small())
    async with app.run_test(size=SIZES[0]) as pilot:
        await pilot.pause()
        widgets = len(list(screen.walk_children()))
        for number in range(40):
            for name in chance.choices(names, k=5):
                app.post_message(events.Key(name, name if len(name) == 1 else None))
            await pilot.pause()
            if number % 10 == 9:
                await pilot.resize_terminal(*chance.choice(SIZES))
            if number % 3 == 2:
                width, height = app.size
                await pilot.click(offset=(chance.randrange(width), chance.randrange(height)))
            assert app.return_code is None, number
        await pilot.pause()
        assert len(list(screen.walk_children())) == widgets
    done = len(screen.state.done)
    assert screen.finish() == ""
    assert len(Log(log_path()).tasks()) == done


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 12)])
async def test_the_screen_is_as_it_was_reviewed(size: tuple[int, int]) -> None:
    """Of the small pathway, so that no change of the shipped one comes here."""
    compiled = compile_pathway(replace(small().pathway, shipped=True))
    app, _screen = practising(compiled, seed=3, kind=TaskKind.OPTIONS)
    shown = {}
    async with app.run_test(size=size) as pilot:
        await press(pilot, ["enter", "1"])
        shown["asked"] = cells(app)
        await press(pilot, ["2", "3", "enter", "g"])
        shown["marked"] = cells(app)
    for name, text in shown.items():
        assert text == picture(f"practice_{name}", size, text)


def test_without_a_terminal_it_refuses_in_one_line() -> None:
    ended = run("practise")
    assert (ended.code, ended.out) == (ExitCode.WRONG_USAGE, "")
    assert ended.err.count("\n") == 1
    assert "practise --plain" in ended.err


def test_the_command_opens_the_practice_place_on_a_terminal(tmp_path: Path) -> None:
    words = ["practise", "--kind", "options", "--tasks", "1", "--seed", "3"]
    terminal = Terminal(words, tmp_path, XDG_DATA_HOME=str(tmp_path / "data"))
    try:
        terminal.wait_for("One task: Which options are described")
        terminal.press("\r")
        terminal.wait_for("Task 1 of 1")
        terminal.press("n")
        terminal.wait_for("Not right yet: a second chance.")
        terminal.press("n")
        terminal.wait_for("Nothing has changed")
        terminal.press("g")
        terminal.wait_for("MISSED")
        terminal.press("q")
        assert terminal.wait_for_end() == ExitCode.DONE
        assert terminal.restored()
    finally:
        terminal.child.close(force=True)
    assert len(Log(log_path()).tasks()) == 1


@pytest.mark.parametrize(("size", "short_at_first"), [((120, 36), False), ((60, 20), True)])
async def test_the_case_is_told_in_few_words_on_a_key_and_where_there_is_little_room(
    size: tuple[int, int], short_at_first: bool
) -> None:
    app, screen = practising(kind=TaskKind.CONCLUDE)
    async with app.run_test(size=size) as pilot:
        await press(pilot, ["v"])
        assert "No case is in front." in says(screen.footer)
        await press(pilot, ["enter"])
        assert screen.state.round is not None
        case = screen.state.round.task.case
        forms = (compact_case(shipped().pathway, case.answers), narrated(case.story))
        for short in (short_at_first, not short_at_first, short_at_first):
            pane = screen.task_pane if screen.has_class("-one") else screen.case_pane
            assert (forms[0] in told(pane), forms[1] in told(pane)) == (short, not short)
            await press(pilot, ["v"])


@pytest.mark.parametrize("kind", [TaskKind.CONCLUDE, TaskKind.REASON, TaskKind.CHANGE])
async def test_every_choice_of_a_common_task_is_in_sight_at_60x20(kind: TaskKind) -> None:
    app, screen = practising(kind=kind, seed=6)
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, ["enter"])
        assert screen.state.round is not None
        for choice in screen.state.round.asked.choices[:5]:
            assert choice.label[:20] in says(screen.task_pane), choice


async def test_the_start_says_what_is_due_and_what_each_kind_of_task_is() -> None:
    app, screen = practising()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = told(screen.task_pane)
        assert "0 due now" in shown
        assert all(words in shown for words in KIND_GISTS.values())
        assert shipped().pathway.digest[:12] not in cells(app)


async def test_a_mark_leads_to_its_tree_with_the_path_of_the_case() -> None:
    app, screen = practising(kind=TaskKind.OPTIONS)
    async with app.run_test(size=(120, 60)) as pilot:
        await press(pilot, ["enter", "t"])
        assert "Answer first" in says(screen.footer)
        await press(pilot, ["2", "enter", "g", "t"])
        assert screen.state.sheet is Sheet.TREE
        marking = marking_in_front(screen)
        assert marking is not None
        shown = told(screen.reading)
        assert all(line.label in shown for line in marking.differences)
        assert "▶" in shown
        await press(pilot, ["escape"])
        assert screen.state.sheet is None


async def test_a_case_of_practice_opens_as_a_copy_and_asks_where_answers_would_be_lost() -> None:
    app, screen = practising(kind=TaskKind.OPTIONS)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["f6", "1", "f7", "enter", "o"])
        assert "Answer first" in says(screen.footer)
        await answer(pilot, screen)
        await press(pilot, ["o"])
        await pilot.pause()
        assert "Open the case? What this one holds" in cells(app)
        await press(pilot, ["n"])
        case = app.screen
        assert isinstance(case, CaseScreen)
        assert len(case.state.answers) == 1
        await press(pilot, ["f7", "o"])
        await pilot.pause()
        await press(pilot, ["y"])
        now = screen.state.front
        assert now is not None
        assert case.state.answers == now.task.case.answers
        assert "A copy of the case in practice" in says(case.footer)
        await press(pilot, ["u"])
        assert case.state.answers == now.task.case.answers
        await press(pilot, ["f7"])
        assert screen.state.stage is Stage.MARKED
