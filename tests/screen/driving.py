"""What every test of the screen needs: the app on a pathway, and the cells that it shows."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from textual.app import App
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from tests.reviewed import reviewed
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.factors import ChoiceFactor, Factor, MultiFactor, NumberFactor, named_values
from wizard.pathway.load import load_pathway
from wizard.pathway.model import Pathway
from wizard.screen.app import WizardApp
from wizard.screen.case.screen import CaseScreen
from wizard.screen.case.state import State, new_case
from wizard.screen.shared.pane import Pane

TODAY: Final = date(2026, 11, 21)
WIDE: Final = (120, 36)
SNAPSHOTS: Final = Path(__file__).parent / "snapshots"
LOOKS: Final = 500
"""How often a screen is looked at until it shows something."""
SIZES: Final = (WIDE, (80, 24), (60, 20), (40, 12))


def picture(name: str, size: tuple[int, int], shown: str) -> str:
    """The picture of a screen of this size as it was reviewed, or as it is where it is written."""
    return reviewed(SNAPSHOTS / f"{name}-{size[0]}x{size[1]}.txt", shown)


@cache
def shipped() -> Compiled:
    """The shipped pathway, compiled once a run."""
    return compile_pathway(load_pathway())


def wizard(compiled: Compiled | None = None, theme: str | None = None) -> WizardApp:
    """The app at the first question of a new case."""
    pathway = compiled or shipped()
    return WizardApp(CaseScreen(pathway, new_case(pathway, TODAY)), theme=theme)


def case_screen(app: WizardApp) -> CaseScreen:
    """The case, whatever lies over it."""
    screen = app.screen_stack[0]
    assert isinstance(screen, CaseScreen)
    return screen


def state_of(app: WizardApp) -> State:
    """The state that the case is drawn from."""
    return case_screen(app).state


def cells(app: WizardApp) -> str:
    """The text of every cell of the screen, without spaces at the ends of lines."""
    return "\n".join(strip.text.rstrip() for strip in strips(app)) + "\n"


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait for what a thread works out, or what takes a moment to be drawn."""
    for _ in range(LOOKS):
        await pilot.pause(0.01)
        await pilot.pause()
        if holds():
            return
    shown = "\n".join(strip.text for strip in strips(pilot.app))
    pytest.fail(f"it never came: {shown}")


def strips(app: App[None]) -> list[Strip]:
    """The cells that a terminal would get, with their styles."""
    return app.screen._compositor.render_strips()  # nothing public gives them


def says(widget: Widget) -> str:
    """A widget's visible text as one line, to look for sentences that were wrapped."""
    return " ".join(text_of(widget).split())


def text_of(widget: Widget) -> str:
    """The text of one widget's visible lines."""
    return "\n".join(line.rstrip() for line in lines_of(widget))


def lines_of(widget: Widget) -> list[str]:
    """The text of one widget's visible lines, every cell of them, without its frame."""
    left, top = widget.gutter.left, widget.gutter.top
    inside = Region(left, top, *widget.content_size)
    return [strip.text for strip in widget.render_lines(inside)]


def told(pane: Pane) -> str:
    """All that a pane tells, in sight or not, as one line."""
    return " ".join(" ".join(all_lines(pane)).split())


def all_lines(pane: Pane) -> list[str]:
    """Every line of a pane without its scroll bar, as it is seen by scrolling through it."""
    at = pane.scroll_offset.y
    lines: list[str] = []
    while len(lines) < pane.virtual_size.height:
        pane.scroll_to(y=len(lines), animate=False, immediate=True)
        seen = lines_of(pane)[len(lines) - pane.scroll_offset.y :]
        lines += [line[:-1].rstrip() for line in seen]
    pane.scroll_to(y=at, animate=False, immediate=True)
    return lines


async def press(pilot: Pilot[None], keys: Iterable[str]) -> None:
    """Press keys, and wait until all is drawn."""
    await pilot.press(*keys)
    await pilot.pause()


async def resized_width(pilot: Pilot[None], size: tuple[int, int], widget: Widget) -> int:
    """The width of a widget on a screen of another size, which is laid out after it is told so."""
    before = widget.outer_size.width
    await pilot.resize_terminal(*size)
    for _ in range(100):
        if widget.outer_size.width != before:
            break
        await pilot.pause(0.05)
    return widget.outer_size.width


def _answers_told(factor: Factor, text: str) -> Factor:
    values = {
        each: replace(value, label=text, short=None, help=text)
        for each, value in named_values(factor).items()
    }
    match factor:
        case ChoiceFactor():
            groups = {
                each: replace(group, label=text, short=None)
                for each, group in factor.groups.items()
            }
            return replace(factor, values=values, groups=groups)
        case MultiFactor():
            return replace(factor, members=values, none_label=text)
        case NumberFactor():
            return factor


def told_otherwise(pathway: Pathway, text: str) -> Pathway:
    """The pathway with a text in every place that a person reads."""
    return replace(
        pathway,
        title=text,
        intended_use=text,
        limits=(text,),
        steps=tuple(replace(step, label=text) for step in pathway.steps),
        factors={
            key: replace(
                _answers_told(factor, text), label=text, short=None, question=text, help=text
            )
            for key, factor in pathway.factors.items()
        },
        options={
            key: replace(option, label=text, short=None) for key, option in pathway.options.items()
        },
        alerts={
            key: replace(alert, title=text, says=text) for key, alert in pathway.alerts.items()
        },
        claims={key: replace(claim, says=text) for key, claim in pathway.claims.items()},
        sources={
            key: replace(source, title=text, short=text) for key, source in pathway.sources.items()
        },
    )
