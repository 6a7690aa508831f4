"""Edits of files, as somebody makes them who maintains a pathway."""

from pathlib import Path


def edit(path: Path, old: str, new: str) -> None:
    """Replace what stands in a file, wherever it stands."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
