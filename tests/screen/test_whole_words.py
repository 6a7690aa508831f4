"""No visible text is cut inside a word, at any size, for short and for long labels."""

import re
from functools import cache

import pytest

from tests.program import ROOT
from tests.screen.driving import TODAY, cells, press, shipped, told_otherwise, wizard
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.opening import Opening
from wizard.screen.app import WizardApp
from wizard.screen.start import wizard_app

SIZES = [(200, 50), (120, 36), (100, 30), (80, 24), (60, 20), (40, 12)]
TO_MULTI = ["1", "1", "asterisk", "3"]
TO_RESULT = [*TO_MULTI, "1", "enter", "N"]
VIEWS: dict[str, list[str]] = {
    "first question": [],
    "a number": ["1", "1"],
    "a multi question": TO_MULTI,
    "a long list": [*TO_MULTI, "1", "enter", "1", *["asterisk"] * 5],
    "a long answer": [*TO_MULTI, "1", "enter", *["asterisk"] * 7, *["down"] * 10, "space", "enter"],
    "result": TO_RESULT,
    "an option": [*TO_MULTI, "1", "enter", "tab", "enter"],
    "map": [*TO_MULTI, "g"],
    "help": ["question_mark"],
    "tree": [*TO_MULTI, "1", "enter", "tab", "t"],
}
LONG = "A considerably lengthened label in words"
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
"""A run of letters: what stands between spaces, hyphens and the like."""


def words_of(text: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(text)}


@cache
def known() -> frozenset[str]:
    """Every word that stands anywhere in the program or in the pathways."""
    files = [*ROOT.glob("wizard/**/*.py"), *ROOT.glob("pathways/**/*.yaml")]
    return frozenset(words_of(LONG).union(*(words_of(file.read_text()) for file in files)))


def cut(app: WizardApp) -> list[str]:
    """The words in sight that are parts of words."""
    return sorted(words_of(cells(app)) - known())


PATHWAY_VIEWS: dict[str, list[str]] = {
    "the list": ["down", "down", "enter"],
    "an option": ["down", "down", "enter", *["down"] * 4, "enter"],
    "a claim": ["slash", *"IPS", "minus", *"41", "enter"],
    "a question": ["down", "enter", "down", "enter"],
    "a document": [*["down"] * 5, "enter", "down", "enter", "end"],
    "an alert": [*["down"] * 4, "enter", "down", "enter"],
    "the help": ["question_mark"],
}


@cache
def lengthened() -> Compiled:
    """The shipped pathway with labels of forty letters, none of which has a short one."""
    return compile_pathway(told_otherwise(shipped().pathway, LONG))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", VIEWS)
async def test_no_word_is_cut(view: str, size: tuple[int, int]) -> None:
    for compiled in (shipped(), lengthened()):
        app = wizard(compiled)
        async with app.run_test(size=size) as pilot:
            await press(pilot, VIEWS[view])
            assert not cut(app), cells(app)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", PATHWAY_VIEWS)
async def test_no_word_is_cut_in_the_pathway_place(view: str, size: tuple[int, int]) -> None:
    for compiled in (shipped(), lengthened()):
        app = wizard_app(compiled, TODAY, Opening(place="pathway"))
        async with app.run_test(size=size) as pilot:
            await press(pilot, PATHWAY_VIEWS[view])
            assert not cut(app), cells(app)


async def test_a_cut_word_would_be_found() -> None:
    app = wizard(compile_pathway(told_otherwise(shipped().pathway, "Unbreakable" * 12)))
    async with app.run_test(size=(80, 24)):
        assert cut(app)
