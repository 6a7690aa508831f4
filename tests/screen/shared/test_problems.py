"""The page of a pathway that does not check."""

from tests.screen.driving import cells
from wizard.screen.app import WizardApp
from wizard.screen.shared.problems import ProblemsScreen


async def test_of_many_errors_the_number_is_told() -> None:
    told = [f"options/oak.yaml:{line}:1: this is wrong" for line in range(1, 21)]
    app = WizardApp(ProblemsScreen("trees", [*told, "and 29,980 more"], 30_000))
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        shown = cells(app)
        assert "The pathway in trees has 30,000 errors" in shown
        assert "and 29,980 more" in shown
