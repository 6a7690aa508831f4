"""Sentences of a pathway that were copied from a document: a claim must be a paraphrase."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wizard.pathway.format.checks_wording import own_texts
from wizard.pathway.format.folder import take_snapshot
from wizard.pathway.format.overlay import whole_files
from wizard.pathway.model import Pathway
from wizard.pathway.problems import Problems
from wizard.workbench.documents import Copied, plain, read_copy

RUN: Final = 8
"""A run of this many words in one sentence counts as copied."""

_WORD: Final = re.compile(r"\w+(?:['-]\w+)*")
_SENTENCE_END: Final = re.compile(r"[.!?;](?=\s|$)")


def copied_words(pathway: Pathway, folder: Path) -> tuple[Copied, ...]:
    """Every run of words that a sentence of a pathway shares with a copy of a document.

    The pathway is read again from its folder, for its texts and where they stand.  Raises
    PathwayErrors where it cannot be read any more, and OSError.
    """
    runs: dict[tuple[str, ...], str] = {}
    for source in pathway.sources.values():
        data = read_copy(source, folder)
        words = _WORD.findall(plain((data or b"").decode("utf-8-sig", "replace")))
        for start in range(len(words) - RUN + 1):
            runs.setdefault(tuple(words[start : start + RUN]), source.id)
    files = whole_files(take_snapshot(Path(pathway.folder)), Problems())
    return tuple(
        Copied(text.position, source, words)
        for text in own_texts(files)
        for sentence in _SENTENCE_END.split(plain(text))
        for source, words in _shared(_WORD.findall(sentence), runs)
    )


def _shared(words: list[str], runs: dict[tuple[str, ...], str]) -> Iterator[tuple[str, str]]:
    """The longest runs of these words that stand in a document, and in which."""
    start = 0
    while start + RUN <= len(words):
        source = runs.get(tuple(words[start : start + RUN]))
        if source is None:
            start += 1
            continue
        end = start + RUN
        while end < len(words) and tuple(words[end - RUN + 1 : end + 1]) in runs:
            end += 1
        yield source, " ".join(words[start:end])
        start = end
