"""The pathway place as a person uses it: keys, mouse, search, sizes, cases to try."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random
from threading import Event

import pytest
from textual.pilot import Pilot

from tests.screen.driving import (
    SNAPSHOTS,
    TODAY,
    WIDE,
    cells,
    press,
    says,
    shipped,
    text_of,
    told,
    told_otherwise,
)
from tests.small import SMALL, park, prostate, small
from wizard.case.answers import NO_ANSWERS
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.opening import Opening
from wizard.pathway.load import load_pathway
from wizard.pathway.model import Status
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem
from wizard.reasoning.assessing import assess
from wizard.reasoning.expecting import Difference
from wizard.record import replace
from wizard.screen.app import WizardApp
from wizard.screen.case.screen import CaseScreen
from wizard.screen.case.state import State
from wizard.screen.pathway import drawing, pages
from wizard.screen.pathway.keys import KEYS
from wizard.screen.pathway.screen import PathwayScreen, pathway_place
from wizard.screen.pathway.state import Browsing, Column, Kind, Page, Sheet, exists
from wizard.screen.pathway.working_out import worked_out
from wizard.screen.shared.ask import AskScreen
from wizard.screen.shared.filling import WORKING
from wizard.screen.shared.pane import Pane
from wizard.screen.shared.rows import Row, text
from wizard.screen.start import wizard_app
from wizard.workbench.standing import FailingCase, Standing

LOOKS = 500
"""How often a screen is looked at until it shows something."""
SIZES = (WIDE, (80, 24), (40, 12))
SURGERY = "factor:surgery_feasible"
NAMED = {"-": "minus", " ": "space", "_": "underscore"}
"""Keys that have names."""


def reading(compiled: Compiled | None = None, theme: str = "mdt-dark") -> WizardApp:
    """The app in the pathway place, with the case beside it."""
    app = wizard_app(compiled or shipped(), TODAY, Opening(place="pathway"))
    app.theme = theme
    return app


def place(app: WizardApp) -> PathwayScreen:
    (found,) = (each for each in app.places if isinstance(each, PathwayScreen))
    return found


def case(app: WizardApp) -> State:
    """The case in the case place."""
    (found,) = (each for each in app.places if isinstance(each, CaseScreen))
    return found.state


def page(app: WizardApp) -> Page:
    return place(app).state.page


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    for _ in range(LOOKS):
        await pilot.pause(0.01)
        if holds():
            return
    pytest.fail(f"it never showed: {cells(pilot.app)}")  # type: ignore[arg-type]


async def go_to(pilot: Pilot[None], typed: str) -> None:
    """Go to the first hit of a search."""
    await press(pilot, ["slash"])
    await press(pilot, [NAMED.get(each, each) for each in typed])
    await press(pilot, ["enter"])


async def put_on(pilot: Pilot[None], pane: Pane, target: str) -> None:
    """Move the cursor down to a target."""
    for _ in range(60):
        if pane.cursor == target:
            return
        await press(pilot, ["down"])
    pytest.fail(f"{target} is not there")


# --- where one is ----------------------------------------------------------------------------


async def test_f8_opens_it_from_the_case_and_each_stays_as_it_was_left() -> None:
    app = wizard_app(shipped(), TODAY)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "f8", "down", "down", "enter"])
        assert isinstance(app.screen, PathwayScreen)
        assert place(app).state.unfolded is Kind.OPTION
        await press(pilot, ["f6"])
        assert isinstance(app.screen, CaseScreen)
        assert case(app).answers
        await press(pilot, ["f7", "f8"])
        assert place(app).state.unfolded is Kind.OPTION
        await press(pilot, ["f8"])
        assert "This is the pathway place." in says(place(app).footer)


async def test_the_page_follows_the_cursor_of_the_list() -> None:
    app = reading()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["down", "down"])
        assert page(app) == Page(Kind.OPTION)
        assert "It does not rank" in says(place(app).page)
        await press(pilot, ["right", "down", "down"])
        first = list(shipped().pathway.options.values())[1]
        assert page(app) == Page(Kind.OPTION, first.id)
        assert first.label in says(place(app).page)
        await press(pilot, ["enter"])
        assert place(app).state.column is Column.PAGE
        await press(pilot, ["left", "left"])
        assert place(app).state.unfolded is None
        assert place(app).state.column is Column.LIST


async def test_references_are_followed_in_a_circle_and_back_to_where_the_cursor_was() -> None:
    app = reading()
    async with app.run_test(size=WIDE) as pilot:
        screen = place(app)
        await go_to(pilot, "ICS-18")
        assert page(app) == Page(Kind.CLAIM, "ICS-18")
        way = ["option:surgery", "claim:ICS-18", "document:ICS", "claim:ICS-18", SURGERY]
        for target in way:
            await put_on(pilot, screen.page, target)
            await press(pilot, ["enter"])
            assert page(app).target == target
        for target in reversed(way):
            assert page(app).target == target
            await press(pilot, ["b"])
            assert screen.page.cursor == target
        assert page(app) == Page(Kind.CLAIM, "ICS-18")
        await press(pilot, ["backspace"])
        assert page(app) == Page(Kind.ABOUT)
        assert screen.state.column is Column.LIST
        await press(pilot, ["escape"])
        assert "Nothing lies over the pathway." in says(screen.footer)


async def test_a_tree_leads_to_its_questions_and_its_shared_trees() -> None:
    app = reading()
    async with app.run_test(size=WIDE) as pilot:
        await go_to(pilot, "sunitinib")
        await put_on(pilot, place(app).page, "shared:targeted_setting")
        await press(pilot, ["enter"])
        assert page(app) == Page(Kind.SHARED, "targeted_setting")
        await put_on(pilot, place(app).page, "option:sunitinib")
        await press(pilot, ["enter"])
        assert page(app) == Page(Kind.OPTION, "sunitinib")


async def test_the_search_finds_documents_trees_hazards_kinds_and_cases_too() -> None:
    app = reading()
    async with app.run_test(size=WIDE) as pilot:
        for typed, kind in (
            ("Ipsen", Kind.DOCUMENT),
            ("ICS line 17", Kind.CLAIM),
            ("coverage", Kind.COVERAGE),
            ("H07", Kind.HAZARD),
            ("insulinoma_with", Kind.CASE),
            ("carcinoid crisis", Kind.ALERT),
        ):
            await press(pilot, ["slash"])
            await press(pilot, [NAMED.get(each, each) for each in typed])
            reading_pane = place(app).reading
            for _ in range(12):
                if (reading_pane.cursor or "").startswith(f"{kind}:"):
                    break
                await press(pilot, ["down"])
            await press(pilot, ["enter"])
            assert page(app).kind is kind, typed
            assert place(app).state.sheet is None


async def test_a_click_follows_and_a_click_on_the_list_opens() -> None:
    app = reading()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.click("#things", offset=(8, 3))
        await pilot.pause()
        assert place(app).state.unfolded is Kind.OPTION
        lines = text_of(place(app).things).splitlines()
        row = next(n for n, line in enumerate(lines, 1) if "Chemotherapy" in line)
        await pilot.click("#things", offset=(12, row))
        await pilot.pause()
        assert page(app) == Page(Kind.OPTION, "chemotherapy")
        lines = text_of(place(app).page).splitlines()
        row = next(n for n, line in enumerate(lines, 1) if "ICS-28" in line)
        await pilot.click("#page", offset=(8, row))
        await pilot.pause()
        assert page(app) == Page(Kind.CLAIM, "ICS-28")


async def test_the_help_tells_every_key_and_the_footer_at_most_five() -> None:
    app = reading()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["question_mark"])
        told_keys = told(place(app).reading)
        assert all(key.tooltip in told_keys for key in KEYS)
        await press(pilot, ["escape", "i"])
        assert place(app).state.sheet is Sheet.INTENDED_USE
        await press(pilot, ["t"])
        assert "Close this first" in says(place(app).footer)
        await press(pilot, ["escape"])
        assert place(app).state.sheet is None
        for keys in ([], ["down", "down", "enter", "down"], ["enter"]):
            await press(pilot, keys)
            assert len(place(app).footer_keys()) <= 5


# --- cases to try ----------------------------------------------------------------------------


@pytest.mark.parametrize("compiled", [shipped(), prostate(), park()], ids=lambda c: c.pathway.id)
async def test_every_option_is_tried_with_a_case_that_meets_a_statement(compiled: Compiled) -> None:
    app = reading(compiled)
    async with app.run_test(size=WIDE) as pilot:
        for option in compiled.pathway.options.values():
            if not option.statements:
                continue
            await press(pilot, ["f8"])
            place(app)._go_to(f"option:{option.id}", None)
            await press(pilot, ["t"])
            await until(pilot, lambda: isinstance(app.screen, CaseScreen))
            await pilot.pause()
            found = assess(compiled, case(app).answers).options[option.id]
            assert found.verdict.status is Status.DESCRIBED
            assert found.statements[next(iter(option.statements))] is Status.DESCRIBED
            assert option.label in says(app.screen.query_one("#footer"))


async def test_the_statement_under_the_cursor_is_tried() -> None:
    app = reading()
    async with app.run_test(size=WIDE) as pilot:
        place(app)._go_to("option:chemotherapy", None)
        await pilot.pause()
        *_, last = shipped().pathway.options["chemotherapy"].statements
        await put_on(pilot, place(app).page, f"try:statement:chemotherapy:{last}")
        await press(pilot, ["down", "t"])
        await until(pilot, lambda: isinstance(app.screen, CaseScreen))
        function = shipped().statements["chemotherapy", last]
        await until(pilot, lambda: bool(case(app).answers))
        assert shipped().settles(case(app).answers, function, wanted=True)


async def test_answers_that_would_be_lost_are_asked_after() -> None:
    app = wizard_app(shipped(), TODAY)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "f8"])
        before = case(app).answers
        place(app)._go_to("option:surgery", None)
        await press(pilot, ["t"])
        await until(pilot, lambda: isinstance(app.screen, AskScreen))
        await press(pilot, ["escape"])
        assert case(app).answers == before
        await press(pilot, ["f8", "t"])
        await until(pilot, lambda: isinstance(app.screen, AskScreen))
        await press(pilot, ["y"])
        assert case(app).answers not in (before, NO_ANSWERS)


async def test_where_nothing_can_be_tried_the_key_says_so() -> None:
    app = reading(small())
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["t"])
        assert "No case goes with this page" in says(place(app).footer)
        place(app)._go_to("alert:prune_caution.pine", None)
        await press(pilot, ["t"])
        await until(pilot, lambda: "No case can reach that" in says(place(app).footer))
        place(app)._go_to(f"case:{place(app).state.cases[0][0]}", None)
        await press(pilot, ["t"])
        await until(pilot, lambda: isinstance(app.screen, CaseScreen))


# --- what takes long -------------------------------------------------------------------------


async def test_coverage_is_worked_out_and_a_miss_has_a_case() -> None:
    app = reading(small())
    async with app.run_test(size=WIDE) as pilot:
        place(app)._go_to("coverage:", None)
        await until(pilot, lambda: "REACHED" in told(place(app).page))
        shown = told(place(app).page)
        assert "branches" in shown
        assert "NOT REACHED" in shown
        await put_on(pilot, place(app).page, "try:example:0")
        await press(pilot, ["enter"])
        await until(pilot, lambda: isinstance(app.screen, CaseScreen))


async def test_a_large_pathway_makes_no_key_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Event()
    made = pages.page_rows

    def waiting(state: Browsing) -> tuple[Row, ...]:
        if state.page.kind is Kind.OPTION:
            assert opened.wait(30)
            return (text(f"Worked out: {state.page.id}"),)
        return made(state)

    monkeypatch.setattr(drawing, "AT_ONCE", -1)
    monkeypatch.setattr(drawing, "page_rows", waiting)
    app = reading(small())
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["down", "down", "enter", "down", "down"])
        assert WORKING.cells[0].spans[0].text in told(place(app).page)
        second = list(small().pathway.options)[1]
        assert page(app) == Page(Kind.OPTION, second), "no key waited for the page"
        opened.set()
        await until(pilot, lambda: f"Worked out: {second}" in told(place(app).page))


async def test_versions_in_git_are_compared_with_the_files_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "trees"
    shutil.copytree(SMALL, folder)
    git = ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "First of all"]):
        subprocess.run([*git, *arguments], check=True)
    path = folder / "options" / "prune.yaml"
    path.write_text(path.read_text().replace("storm: described", "storm: not_described"))
    app = reading(compile_pathway(load_pathway(folder)))
    async with app.run_test(size=WIDE) as pilot:
        place(app)._go_to("version:", None)
        await until(pilot, lambda: "First of all" in told(place(app).page))
        revision = next(
            each for each in place(app).page._targets if each.startswith("version:compared:")
        )
        await put_on(pilot, place(app).page, revision)
        await press(pilot, ["enter"])
        await until(pilot, lambda: "Results change" in told(place(app).page))
        await press(pilot, ["v", *"HEAD", "enter"])
        assert page(app) == Page(Kind.VERSION, "compared:HEAD")
        await until(pilot, lambda: "Results change" in told(place(app).page))
        await press(pilot, ["v", *"nowhere", "enter"])
        await until(pilot, lambda: "no such folder" in told(place(app).page))
        await press(pilot, ["v", "escape"])
        assert page(app) == Page(Kind.VERSION, "compared:nowhere")


# --- how the files stand ---------------------------------------------------------------------


def failing() -> Standing:
    name = next((SMALL / "cases").glob("*.yaml")).name
    option = next(iter(small().pathway.options))
    differs = Difference(option, "described", "possible", option)
    return Standing((), 5, (FailingCase(f"cases/{name}", "A case", NO_ANSWERS, (differs,)),))


async def test_findings_and_failing_cases_show_where_the_files_are_watched() -> None:
    app = reading(small())
    async with app.run_test(size=WIDE) as pilot:
        screen = place(app)
        assert "Findings" not in cells(app)
        problem = Problem("E-XX-01", Position("factors.yaml", 3, 5), "there is no key labl")
        screen.take_standing(Standing((problem,)), is_current=False)
        await press(pilot, ["home"])
        assert "Findings" in cells(app)
        assert "the last version in which nothing was wrong" in told(screen.page)
        await press(pilot, ["enter", "down"])
        assert "there is no key labl" in told(screen.page)
        assert "check --explain E-XX-01" in told(screen.page)
        screen.take_standing(failing(), is_current=True)
        assert page(app) == Page(Kind.FINDING)
        assert "The check finds nothing wrong." in told(screen.page)
        await press(pilot, ["down", "enter", "down", "enter"])
        assert page(app).kind is Kind.FAILING
        assert "expected: described" in told(screen.page)
        await press(pilot, ["t"])
        await until(pilot, lambda: isinstance(app.screen, CaseScreen))


async def test_another_version_keeps_the_page_and_lets_go_of_what_is_gone() -> None:
    app = reading(small())
    async with app.run_test(size=WIDE) as pilot:
        screen, pathway = place(app), small().pathway
        first, second, *_ = pathway.options
        for name in (first, second):
            screen._go_to(f"option:{name}", None)
            await pilot.pause()
        others = {key: value for key, value in pathway.options.items() if key != second}
        label = replace(others[first], label="Called otherwise")
        less = replace(pathway, options={**others, first: label})
        screen.take_version(replace(small(), pathway=less))
        await pilot.pause()
        assert page(app) == Page(Kind.OPTION)
        assert "Called otherwise" in told(screen.page)
        await press(pilot, ["b"])
        assert page(app) == Page(Kind.OPTION, first)
        assert "Called otherwise" in told(screen.page)


# --- how it looks ----------------------------------------------------------------------------

HOSTILE = ["[Lu-177]Lu [/x] [@click=app.quit]y[/] [a [b]", "Long label " * 27 + "end"]
PLACES = ("about:", "option:", "option:surgery", "claim:ICS-18", "factor:site", "document:ICS")


@pytest.mark.parametrize("label", HOSTILE)
async def test_text_of_a_pathway_is_data_in_it(label: str) -> None:
    app = reading(compile_pathway(told_otherwise(shipped().pathway, label)))
    async with app.run_test(size=(150, 50)) as pilot:
        for target in PLACES:
            place(app)._go_to(target, None)
            await pilot.pause()
            assert label.split("] ", maxsplit=1)[0][:12] in cells(app), target
            assert app.return_code is None


VIEWS: dict[str, str] = {
    "list": "",
    "option": "option:chemotherapy",
    "claim": "claim:ICS-18",
    "document": "document:ICS",
    "question": "factor:site",
    "alert": "alert:carcinoid_crisis",
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", VIEWS)
async def test_the_pathway_is_as_it_was_reviewed(name: str, size: tuple[int, int]) -> None:
    app = reading(theme="mdt-light" if size == (80, 24) else "mdt-dark")
    async with app.run_test(size=size) as pilot:
        if VIEWS[name]:
            place(app)._go_to(VIEWS[name], None)
        else:
            await press(pilot, ["down", "down", "enter"])
        await pilot.pause()
        shown = cells(app)
    reviewed = SNAPSHOTS / f"pathway_{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("SNAPSHOTS") == "write":
        reviewed.write_text(shown, encoding="utf-8")
    assert shown == reviewed.read_text(encoding="utf-8")


async def test_one_column_leads_from_the_list_to_the_page_and_back() -> None:
    for size in ((80, 24), (40, 12)):
        app = reading()
        async with app.run_test(size=size) as pilot:
            screen = place(app)
            assert screen.things.display
            assert not screen.page.display
            await press(pilot, ["down", "down", "enter", "down", "enter"])
            assert screen.page.display
            assert not screen.things.display
            await press(pilot, ["b"])
            assert screen.things.display
            await press(pilot, ["tab"])
            assert screen.page.display
            await pilot.resize_terminal(*WIDE)
            await pilot.pause()
            assert screen.things.display
            assert screen.page.display


# --- whatever comes --------------------------------------------------------------------------


def test_what_nobody_waits_for_is_not_worked_out_to_its_end() -> None:
    state = pathway_place(shipped(), TODAY).state
    looks = iter([True, True])
    result = worked_out(state, Page(Kind.COVERAGE), lambda: next(looks, False))
    assert result.sections == ()


@pytest.mark.slow
@pytest.mark.parametrize("compiled", [shipped(), prostate(), park()], ids=lambda c: c.pathway.id)
async def test_whatever_is_pressed_there_is_a_page(compiled: Compiled) -> None:
    chance, app = Random(7), reading(compiled)
    names = [name for key in KEYS if key.action != "leave" for name in key.keys.split(",")]
    names += ["enter", "down", "up", "home", "end", *"aj1-", *["enter", "down"] * 10]
    async with app.run_test(size=WIDE) as pilot:
        for number in range(150):
            if number % 30 == 29:
                await pilot.resize_terminal(*chance.choice(SIZES))
            if not isinstance(app.screen, PathwayScreen):
                await press(pilot, ["escape", "f8"])
            if number % 9 == 8:
                width, height = app.size
                await pilot.click(offset=(chance.randrange(width), chance.randrange(height)))
            else:
                await pilot.press(chance.choice(names))
            state = place(app).state
            assert exists(state, state.page)
        assert app.return_code is None
