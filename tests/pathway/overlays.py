"""The small pathway with one thing changed."""

from collections.abc import Mapping
from pathlib import Path
from shutil import copytree

from wizard.pathway.format.reading import read_pathway
from wizard.pathway.problems import PathwayErrors

HERE = Path(__file__).parent
SMALL = HERE / "small"


def copied(folder: Path) -> Path:
    """A copy of the small pathway that a test may change."""
    return Path(copytree(SMALL, folder / "park"))


def edited(folder: Path, name: str, old: str, new: str) -> Path:
    """Replace the one place where a text stands in a file of the pathway."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def overlaid(folder: Path, mistake: Mapping[str, object]) -> Path:
    """The small pathway with a mistake of `bad/`, whose keys say what is changed in which file."""
    name = str(mistake["file"])
    if mistake.get("remove"):
        (folder / name).unlink()
    elif "text" in mistake:
        (folder / name).write_text(str(mistake["text"]), encoding="utf-8")
    else:
        edited(folder, name, str(mistake["replace"]), str(mistake["by"]))
    also = mistake.get("also", {})
    assert isinstance(also, dict)
    for other, (old, new) in also.items():
        edited(folder, other, old, new)
    return folder


def said(folder: Path) -> list[str]:
    """What the reader says of a folder, one line a problem; nothing where it is right."""
    try:
        read_pathway(folder)
    except PathwayErrors as errors:
        return [str(problem) for problem in errors.problems]
    return []
