"""What a document still says: the lines that no claim names, and the stub of a claim for some."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from wizard.exits import WrongUsageError
from wizard.pathway.model import Pathway
from wizard.pathway.sources import Source
from wizard.record import Record
from wizard.workbench.documents import DocumentText, read_copy, stated

_LINES: Final = re.compile(r"(?:([A-Z]{2,5}):)?(\d{1,6})(?:-(\d{1,6}))?")
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MOST_WORDS: Final = 5
"""Words of an anchor: enough to find a place, too few to copy a sentence."""
_MOST_OF_A_HEADING: Final = 8
_NO_SECTION: Final = "Replace this by the heading it stands under."


class Uncovered(Record):
    """The lines of a document, from 1, that say something and that no claim names."""

    source: Source
    ranges: tuple[tuple[int, int], ...]


def uncovered(pathway: Pathway, folder: Path) -> tuple[Uncovered, ...]:
    """What no claim covers of each document that has a copy in the folder.  Raises OSError."""
    found = []
    for source in pathway.sources.values():
        text = _text(source, folder)
        if text is not None:
            found.append(Uncovered(source, tuple(_ranges(pathway, source, text))))
    return tuple(found)


def claim_stubs(pathway: Pathway, folder: Path, lines: Iterable[str]) -> str:
    """A claim for each `SOURCE:241` or `SOURCE:241-243`, to be pasted into the document's file.

    The anchor is the shortest run of words that stands nowhere else in the document; the section
    is the nearest heading above, be it one of the document or that of a claim.  Raises OSError,
    and WrongUsageError where there are no such lines.
    """
    named = [_named(pathway, each) for each in lines]
    stubs = []
    for at, (source, first, last) in enumerate(named):
        text = _text(source, folder)
        if text is None:
            raise WrongUsageError(f"there is no file {source.file} in {folder}")
        number = _highest(pathway, source) + 1 + [other[0] for other in named[:at]].count(source)
        stubs.append(f"  {source.id}-{number:02d}:\n{_stub(pathway, source, text, (first, last))}")
    return "".join(stubs)


def _stub(pathway: Pathway, source: Source, text: DocumentText, lines: tuple[int, int]) -> str:
    """What stands under the id of a claim for the first to the last of some lines."""
    first, last = lines
    stated_lines = str(first) if first == last else f"{first}-{last}"
    place = f"{source.id}:{stated_lines}"
    if not 1 <= first <= last <= len(text.raw):
        raise WrongUsageError(
            f"{source.file} has lines 1 to {len(text.raw)}; {place} is not among them"
        )
    if not any(line.strip() for line in text.raw[first - 1 : last]):
        raise WrongUsageError(f"{place}: nothing is written there in {source.file}")
    anchor = _free_anchor(text, first, last)
    if anchor is None:
        raise WrongUsageError(
            f"{place}: no {_MOST_WORDS} words of these lines stand only there in {source.file}; "
            "name more lines"
        )
    return (
        "    says: Replace this by what the sentence says, in your own words.\n"
        f"    section: {json.dumps(_section(pathway, source, text, first), ensure_ascii=False)}\n"
        f'    lines: "{stated_lines}"\n'
        f"    anchor: {json.dumps(anchor, ensure_ascii=False)}\n"
        "    kind: condition\n"
        "    strength: states\n"
    )


def _text(source: Source, folder: Path) -> DocumentText | None:
    data = read_copy(source, folder)
    return None if data is None else DocumentText(data.decode("utf-8-sig", "replace"))


def _named(pathway: Pathway, lines: str) -> tuple[Source, int, int]:
    """The document and the lines that are meant; one document needs no name."""
    read = _LINES.fullmatch(lines.strip())
    if read is None:
        raise WrongUsageError(f"{lines!r} does not name lines; one like ABC:241-243 was expected")
    name, first, last = read.groups()
    sources = pathway.sources
    if name is None and len(sources) > 1:
        raise WrongUsageError(
            f"{lines}: of which document? one like {next(iter(sources))}:{lines} was expected"
        )
    if name is not None and name not in sources:
        raise WrongUsageError(f"there is no document {name}; there are {', '.join(sources)}")
    return sources[name or next(iter(sources))], int(first), int(last or first)


def _free_anchor(text: DocumentText, first: int, last: int) -> str | None:
    """The shortest run of words on these lines that stands nowhere else; the first of several."""
    for length in range(2, _MOST_WORDS + 1):
        for line in text.raw[first - 1 : last]:
            words = list(_WORD.finditer(line))
            for at in range(len(words) - length + 1):
                run = line[words[at].start() : words[at + length - 1].end()]
                anchor = " ".join(run.replace("’", "'").split())
                if len(anchor.split()) <= _MOST_WORDS and text.times(anchor) == 1:
                    return anchor
    return None


def _highest(pathway: Pathway, source: Source) -> int:
    """The highest number of a claim of a document."""
    return max(
        (
            int(claim.id.rpartition("-")[2])
            for claim in pathway.claims.values()
            if claim.source == source.id
        ),
        default=0,
    )


def _section(pathway: Pathway, source: Source, text: DocumentText, line: int) -> str:
    """The nearest heading above a line; the section of a claim counts where the claim begins."""
    headings = [
        (number, written.strip("# "))
        for number, written in enumerate(text.raw[: line - 1], 1)
        if _heads(text, number)
    ]
    claimed = [
        (first, claim.section)
        for claim in pathway.claims.values()
        if claim.source == source.id
        for first, _ in stated(claim.lines)
        if first <= line
    ]
    return max([*headings, *claimed], default=(0, _NO_SECTION))[1]


def _heads(text: DocumentText, number: int) -> bool:
    """Whether a line looks like a heading: it has signs for one, or stands short and by itself."""
    line = text.raw[number - 1].strip()
    if line.startswith("#"):
        return bool(line.strip("# "))
    alone = number == 1 or not text.raw[number - 2].strip()
    return alone and 0 < len(line.split()) <= _MOST_OF_A_HEADING and line[-1] not in ".,;:!"


def _ranges(pathway: Pathway, source: Source, text: DocumentText) -> Iterator[tuple[int, int]]:
    """Runs of lines that say something and have no claim; empty lines do not end a run."""
    covered = {
        line
        for claim in pathway.claims.values()
        if claim.source == source.id
        for first, last in stated(claim.lines)
        for line in range(first, min(last, len(text.raw)) + 1)
    }
    start = end = 0
    for number, line in enumerate(text.raw, 1):
        if not line.strip():
            continue
        if number not in covered:
            start, end = start or number, number
        elif start:
            yield start, end
            start = 0
    if start:
        yield start, end
