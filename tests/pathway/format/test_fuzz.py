"""However a file is damaged, the reader reads the folder or tells what is wrong."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pathway.overlays import SMALL, copied
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Pathway
from wizard.pathway.problems import PathwayErrors

NAMES = sorted(
    path.relative_to(SMALL).as_posix()
    for path in SMALL.rglob("*.yaml")
    if path.parent.name != "cases"
)
PIECES = [
    *":-[]{},#&*!|>'\"%@`?\n\t ~<",
    "ask: kind",
    "use: tall_tree",
    "otherwise",
    "none",
    "any",
    "always",
    "null",
    "{}",
    "[]",
    "below 5",
    "HBK-01",
    "described",
    "applies_when: {kind: oak}",
    "\ufeff",
    "\x00",
    "é",
]


@st.composite
def damage(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the small pathway, and its text with up to three pieces changed."""
    name = draw(st.sampled_from(NAMES))
    text = (SMALL / name).read_text(encoding="utf-8")
    words = text.split(" ")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(words) - 1))
        kind = draw(st.sampled_from(["drop", "put", "swap", "repeat", "cut"]))
        if kind == "drop":
            words[at] = ""
        elif kind == "put":
            words[at] += draw(st.sampled_from(PIECES))
        elif kind == "swap":
            words[at] = draw(st.sampled_from(words))
        elif kind == "repeat":
            words[at] = words[at] + " " + words[at]
        else:
            words[at] = words[at][: len(words[at]) // 2]
    return name, " ".join(words)


def outcome(folder: Path) -> Pathway | list[str]:
    try:
        return read_pathway(folder)
    except PathwayErrors as errors:
        return [str(problem) for problem in errors.problems]


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(damage())
def test_a_damaged_file_is_read_or_told(damaged: tuple[str, str]) -> None:
    name, text = damaged
    with TemporaryDirectory() as temporary:
        folder = copied(Path(temporary))
        (folder / name).write_text(text, encoding="utf-8")
        found = outcome(folder)
    if not isinstance(found, Pathway):
        assert found
        assert all(message.isprintable() for message in found)
        assert not any("Error" in message or "Traceback" in message for message in found)
