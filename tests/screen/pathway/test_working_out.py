"""What the pathway place finds: cases to try, coverage, versions, how the files stand."""

import shutil
import subprocess
from pathlib import Path
from threading import Event

import pytest

from tests.screen.driving import (
    TODAY,
    WIDE,
    cells,
    press,
    says,
    shipped,
    told,
    until,
)
from tests.screen.pathway.driving import case, page, place, put_on, reading
from tests.small import SMALL, park, prostate, small
from wizard.case.answers import NO_ANSWERS
from wizard.case.files import read_regression_cases
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.load import load_pathway
from wizard.pathway.model import Status
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem
from wizard.reasoning.assessing import assess
from wizard.reasoning.expecting import Difference
from wizard.record import replace
from wizard.screen.case.screen import CaseScreen
from wizard.screen.pathway import drawing, pages
from wizard.screen.pathway.state import Browsing, Kind, Page
from wizard.screen.shared.ask import AskScreen
from wizard.screen.shared.filling import WORKING
from wizard.screen.shared.rows import Row, text
from wizard.screen.start import wizard_app
from wizard.workbench.standing import FailingCase, Standing

# --- cases to try ----------------------------------------------------------------------------


@pytest.mark.slow
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


# --- cases of an option -----------------------------------------------------------------------


async def test_the_page_of_an_option_leads_to_the_cases_that_expect_it() -> None:
    app = reading(small())
    async with app.run_test(size=WIDE) as pilot:
        option = "prune"
        place(app)._go_to(f"option:{option}", None)
        await pilot.pause()
        lead = f"case:describing:{option}"
        await put_on(pilot, place(app).page, lead)
        await press(pilot, ["enter"])
        await until(pilot, lambda: "DESCRIBED IN" in told(place(app).page))
        folder = Path(small().pathway.folder) / "cases"
        cases = read_regression_cases(folder, small().pathway)
        expect = [each.expect for each in cases.values() if each.expect is not None]
        described = sum(option in each.described for each in expect)
        possible = sum(option in each.possible for each in expect)
        assert described
        assert f"DESCRIBED IN {described}" in told(place(app).page)
        assert f"DEPENDS ON FURTHER ANSWERS IN {possible}" in told(place(app).page)
        await press(pilot, ["t"])
        assert "No case goes with this page" in cells(app)
        await press(pilot, ["down", "enter"])
        assert page(app).id in cases
        await press(pilot, ["b", "b"])
        assert place(app).page.cursor == lead


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


async def test_findings_of_one_cause_are_one_with_its_other_places() -> None:
    app = reading(small())
    async with app.run_test(size=WIDE) as pilot:
        screen = place(app)
        places = [Position("cases/a.yaml", 7, 3), Position("options/b.yaml", 9, 5)]
        found = [Problem("E-XX-01", each, "there is no fir", cause="fir") for each in places]
        screen.take_standing(Standing(tuple(found)), is_current=False)
        await press(pilot, ["home", "enter"])
        assert "▾ Findings 1" in told(screen.things)
        assert "options/b.yaml, line 9, and one more place" in told(screen.page)
        await press(pilot, ["down"])
        assert "IT SHOWS HERE TOO 1 · cases/a.yaml, line 7" in told(screen.page)


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
