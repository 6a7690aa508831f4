"""A saved change of the files reaches every place: findings, failing cases, rounds of practice."""

import shutil
from pathlib import Path

from textual.pilot import Pilot

from tests.screen.driving import WIDE, all_lines, press, state_of, told, until
from tests.screen.following import (
    BROKEN,
    MENDED,
    NO_STORM,
    WATCH,
    Following,
    edit,
    footer,
    header,
    rename,
)
from tests.small import SMALL
from wizard.pathway.load import load_pathway
from wizard.pathway.model import Pathway
from wizard.screen.app import WizardApp
from wizard.screen.case.screen import CaseScreen
from wizard.screen.practice.state import Stage
from wizard.screen.shared.ask import AskScreen
from wizard.screen.shared.keys import Place
from wizard.screen.shared.place import PlaceScreen
from wizard.workbench.renaming import Renaming


async def test_findings_stand_in_the_pathway_place_with_the_lines_around_them(
    trees: Path,
) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await on.save(pilot)
        await press(pilot, ["f8", "home", "enter"])
        assert "The check finds nothing wrong." in told(on.pathway.page)
        await on.save(
            pilot, BROKEN, edit("options/watch.yaml", "growth: slow", "growth: slo  # [x] \x07")
        )
        assert "▾ Findings 2" in told(on.pathway.things)
        assert "the last version in which nothing was wrong" in told(on.pathway.page)
        await press(pilot, ["down", "enter"])
        lines = all_lines(on.pathway.page)
        at = next(number for number, line in enumerate(lines) if line.strip().startswith("❯"))
        assert lines[at].split() == ["❯", "2", "labl:", "Fell"]
        assert lines[at + 1].index("^") == lines[at].index("labl")
        assert lines[at - 1].split() == ["1", "option:", "fell"]
        await press(pilot, ["tab", "down"])
        assert "growth: slo # [x]" in told(on.pathway.page)
        await on.save(pilot, MENDED, lambda folder: shutil.copy(SMALL / WATCH, folder / WATCH))
        assert "▾ Findings 0" in told(on.pathway.things)


async def test_a_case_that_fails_is_told_and_opened(trees: Path) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1"])
        await on.save(pilot, NO_STORM)
        await press(pilot, ["f8", "home", "down", "enter"])
        assert "▾ Cases that fail 1" in told(on.pathway.things)
        await press(pilot, ["down", "enter"])
        page = told(on.pathway.page)
        assert "expected: described" in page
        assert "≠ found: " in page
        await press(pilot, ["t"])
        await until(pilot, lambda: isinstance(on.app.screen, AskScreen))
        await press(pilot, ["y"])
        await until(pilot, lambda: isinstance(on.app.screen, CaseScreen))
        assert "damage" in state_of(on.app).answers


async def test_every_place_is_opened_in_the_newest_version(trees: Path) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await on.save(pilot, NO_STORM, BROKEN)
        await on.save(pilot, MENDED)
        newest = state_of(on.app).pathway
        for key in ("f7", "f8", "f6"):
            await press(pilot, [key])
            await until(pilot, lambda: shown(on.app) == newest)


def shown(app: WizardApp) -> Pathway:
    """The version that is in front."""
    assert isinstance(app.screen, PlaceScreen)
    return app.screen.pathway


async def test_the_case_is_opened_in_the_newest_version_after_practice(trees: Path) -> None:
    on = Following(trees, place=Place.PRACTICE)
    async with on.app.run_test(size=WIDE) as pilot:
        await on.save(pilot, NO_STORM)
        await on.save(pilot, BROKEN)
        await press(pilot, ["f6"])
        screen = on.app.screen
        assert isinstance(screen, CaseScreen)
        tree = screen.pathway.options["prune"].statements["broken_branches"]
        assert tree == load_pathway_of(trees).options["prune"].statements["broken_branches"]
        assert "The files do not check now" in header(on.app)


def load_pathway_of(folder: Path) -> Pathway:
    """What the files were before they were broken."""
    MENDED(folder)
    return load_pathway(folder)


async def test_practice_takes_a_version_in_between_two_rounds(trees: Path) -> None:
    on = Following(trees)

    def practised() -> str:
        return on.practice.pathway.options["prune"].label

    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["f7"])
        await on.save(pilot, edit("options/prune.yaml", "label: Prune", "label: Cut back"))
        await until(pilot, lambda: practised() == "Cut back")
        assert "This round goes on" not in header(on.app)
        await press(pilot, ["1"])
        assert on.practice.state.round is not None
        await on.save(pilot, edit("options/prune.yaml", "label: Cut back", "label: Shorten"))
        assert "This round goes on with the version of the pathway" in footer(on.app)
        assert "This round goes on with the version of the pathway" in header(on.app)
        assert practised() == "Cut back"
        await press(pilot, ["f6"])
        assert on.case.pathway.options["prune"].label == "Shorten"
        await press(pilot, ["f7"])
        on.practice.do("end")
        await press(pilot, ["y"])
        assert on.practice.state.stage is Stage.START
        await until(pilot, lambda: practised() == "Shorten")
        assert "This round goes on" not in header(on.app)


async def test_tasks_that_are_done_count_in_the_version_that_comes_after(trees: Path) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["f7", "1"])
        await marked(pilot, on)
        while not on.practice.state.done:
            await press(pilot, ["enter"])
            await marked(pilot, on)
        done = len(on.practice.state.done)
        on.practice.do("end")
        await press(pilot, ["y"])
        await on.save(pilot, edit("options/prune.yaml", "label: Prune", "label: Cut back"))
        await press(pilot, ["enter"])
        await until(pilot, lambda: on.practice.pathway.options["prune"].label == "Cut back")
        assert on.practice.state.done == ()
        assert len(on.practice._keeper.past("park_trees")) == done


async def test_a_case_of_an_older_round_is_opened_as_the_newest_version_has_it(
    trees: Path,
) -> None:
    on = Following(trees)
    async with on.app.run_test(size=WIDE) as pilot:
        await press(pilot, ["f7", "1"])
        await marked(pilot, on)
        asked = on.practice.state.front
        assert asked is not None
        name = next(iter(asked.task.case.answers))
        await on.save(pilot, rename(Renaming("factor", name, "other_name")))
        on.practice.do("open_case")
        await pilot.pause()
        answers = state_of(on.app).answers
        assert "other_name" in answers
        assert set(answers) <= set(state_of(on.app).pathway.factors)


async def marked(pilot: Pilot[None], on: Following) -> None:
    """Answer the question in front with its first choice, and give up after that."""
    while on.practice.state.stage is Stage.ASKED:
        await press(pilot, ["1", "enter", "g"])
