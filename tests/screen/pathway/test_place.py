"""The pathway place as a person uses it: keys, mouse, search, sizes."""

from pathlib import Path
from random import Random

import pytest
from textual import events

from tests.screen.driving import (
    TODAY,
    WIDE,
    cells,
    picture,
    press,
    says,
    shipped,
    text_of,
    told,
    told_otherwise,
    until,
)
from tests.screen.pathway.driving import (
    NAMED,
    SIZES,
    SURGERY,
    case,
    go_to,
    page,
    place,
    put_on,
    reading,
)
from tests.small import park, prostate, small
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.screen.case.screen import CaseScreen
from wizard.screen.pathway.keys import KEYS
from wizard.screen.pathway.screen import PathwayScreen, pathway_place
from wizard.screen.pathway.state import Column, Kind, Page, Sheet, exists
from wizard.screen.pathway.working_out import worked_out
from wizard.screen.start import wizard_app

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


@pytest.mark.slow
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


@pytest.mark.slow
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


async def test_enter_says_so_where_the_cursor_is_on_nothing() -> None:
    app = reading()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["down", "enter", "tab", "enter"])
        assert "Choose first, with the arrows." in says(place(app).footer)
        await press(pilot, ["i", "enter"])
        assert "Nothing opens from here." in says(place(app).footer)


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
        words = picture(f"pathway_{name}", size, cells(app))
        await until(pilot, lambda: cells(app) == words)


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
async def test_whatever_is_pressed_there_is_a_page(
    compiled: Compiled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
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


@pytest.mark.parametrize("seed", range(4))
async def test_keys_that_are_typed_at_once_do_what_they_do_one_by_one(seed: int) -> None:
    chance = Random(seed)
    names = ["down", "down", "down", "up", "enter", "enter", "right", "left", "tab", "b", "end"]
    typed = ["down", "enter", "down", "down", "enter", *chance.choices(names, k=40)]
    typed += ["slash", *"sur", "backspace"]
    states = []
    for at_once in (False, True):
        app = reading(small())
        async with app.run_test(size=WIDE) as pilot:
            await pilot.pause()
            for name in typed:
                app.post_message(events.Key(name, name if len(name) == 1 else None))
                if not at_once:
                    await pilot.pause()
            await pilot.pause()
            there = place(app).state
            states.append((there.page, there.column, there.before, there.search, cells(app)))
    assert states[0] == states[1]
