"""A screen that its widgets fill: its tiles, beside each other and none over another."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console, RenderableType
from textual._compositor import ChopsUpdate, Compositor  # what paints every screen of Textual
from textual.events import Hide, Resize, Show
from textual.geometry import Region, Size, Spacing
from textual.layout import DockArrangeResult
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from wizard.screen.shared.columns import Arranged


class TiledScreen(Screen[None]):
    """A screen that its tiles fill."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = Tiles()
        self._arranged = Arranged(self)

    def arrange(self, size: Size, _optimal: bool = False) -> DockArrangeResult:  # noqa: FBT001, FBT002 - Textual's own
        """The places of all tiles, those of before where they come to stand again."""
        self._arrangement_cache.clear()
        return self._arranged.found(size, super().arrange, optimal=_optimal)

    def place_tile(self, tile: Widget) -> None:
        """Lay out once more, since a tile takes another place."""
        for around in tile.ancestors:
            if isinstance(around, Widget):
                around._clear_arrangement_cache()
                around._layout_updates += 1
        self._layout_widgets.setdefault(self, set()).add(tile)
        self._layout_required = True


class Tile(Widget):
    """A widget that draws its own cells, edges and all."""

    @property
    def gutter(self) -> Spacing:
        """Its frame and margin; a tile has no bar of Textual's, whose places are looked up else."""
        return self.styles.gutter

    def repaint(self, *regions: Region) -> None:
        """Have regions of it painted, or all of it, with all else that a key changes."""
        if self.display:
            self._repaint_regions.update(regions or [self.outer_size.region])
            self.screen._dirty_widgets.add(self)  # what Textual's messages come to
            self.screen.check_idle()

    def check_idle(self) -> None:
        """Tell the screen at once what is to be placed or painted; Textual would in messages."""
        screen = self.screen if self._is_mounted else None
        if not isinstance(screen, TiledScreen) or self._refresh_styles_required:
            super().check_idle()
            return
        if self._layout_required:
            self._layout_required = False
            screen.place_tile(self)
        if self._repaint_required:
            self._repaint_required = False
            if self.display:
                screen._dirty_widgets.add(self)
        screen.check_idle()

    def post_message(self, message: Message) -> bool:
        """Take a new size at once, before it is painted; that it is shown or hidden, it knows."""
        if isinstance(message, Resize):
            self.resized()
        elif self.has_focus or not isinstance(message, Show | Hide):
            return super().post_message(message)
        return True

    def resized(self) -> None:
        """Fit what it shows to a new size."""


class Tiles(Compositor):
    """Paints what changed by the lines of each widget, as they come from it.

    Textual's own first puts every line together from all widgets, and from the containers behind
    them, since one may lie over another.
    """

    def render_update(
        self,
        full: bool = False,  # noqa: FBT001, FBT002 - Textual's own
        screen_stack: list[Screen[Any]] | None = None,
        simplify: bool = False,  # noqa: FBT001, FBT002 - Textual's own
    ) -> RenderableType | None:
        """What changed, also where that is the whole screen."""
        if not full and self.size.region in self._dirty_regions and self._tiles():
            return self.render_partial_update()
        return super().render_update(full, screen_stack, simplify)

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed, in whole lines of widgets; by Textual where they do not fill the screen."""
        tiles = self._tiles()
        if not self._dirty_regions or not tiles:
            return super().render_partial_update()
        dirty = list(self._dirty_regions)
        self._dirty_regions.clear()
        painted = []
        for widget, at in tiles:
            touched = (each.intersection(at).line_range for each in dirty if each.overlaps(at))
            lines = sorted(set().union(*touched))
            if lines:
                first = lines[0]
                among = Region(0, first - at.y, at.width, lines[-1] + 1 - first)
                strips = widget.render_lines(among)
                painted += [(y, at.x, strips[y - first]) for y in lines]
        # From the top: a terminal may show what it has before the rest comes.
        return Painted(sorted(painted, key=lambda line: line[:2]))

    def _tiles(self) -> list[tuple[Widget, Region]]:
        """The widgets that hold no others, with their places; none where they leave gaps."""
        tiles = [
            (widget, at)
            for widget, (at, clip) in self.visible_widgets.items()
            if not widget.children and clip.contains_region(at)
        ]
        return tiles if sum(at.area for _, at in tiles) == self.size.area else []


class Painted(ChopsUpdate):
    """Cells to be written, each line with where it begins."""

    def __init__(self, lines: Sequence[tuple[int, int, Strip]]) -> None:
        self._lines = lines

    def render_segments(self, console: Console) -> str:
        """The codes that a terminal gets."""
        return "".join(
            f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for y, x, strip in self._lines
        )
