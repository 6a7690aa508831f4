"""Coverage, mutation score, findings and documents as reports, and as JSON data."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from wizard.pathway.codes import Code
from wizard.wording.outline import Item, Report, Section, entries, section_of
from wizard.wording.text import counted, joined
from wizard.workbench.claim_stubs import Uncovered
from wizard.workbench.covering import Coverage, Part
from wizard.workbench.documents import Anchor, AnchorState, Copied, Document, DocumentState
from wizard.workbench.scoring import Score, Survivor

# --- coverage --------------------------------------------------------------------------------


def coverage_report(found: Coverage, title: str, folder: Path | None = None) -> Report:
    """What the cases of a pathway in a folder reach and miss."""
    misses = (section for part in Part for section in _misses(part, found, folder))
    return Report(f"Coverage: {title}", (coverage_figures(found), *misses))


def coverage_figures(found: Coverage) -> Section:
    """How much of each part the cases reach, and what that means."""
    counts = [f"{found.reached[part]} of {found.total[part]} {part}" for part in Part]
    about = (
        "A case reaches a branch if every completion of its answers takes it. Branches of a shared "
        "tree count where a rule goes on with it; what no case can reach is not counted.",
        "A boundary pair is two cases that differ in one answer of a rule alone and come out "
        "differently; missing pairs are told, and do not fail the run.",
    )
    return Section("Reached", about, entries(counts))


def _misses(part: Part, found: Coverage, folder: Path | None) -> tuple[Section, ...]:
    strong = part is not Part.PAIR
    code = Code.MISSED if strong else Code.MISSED_PAIR
    would = "a case that would" if strong else "two cases that would"
    items = (
        Item(
            f"{miss.position.from_here(folder)}: {miss.what} [{code}]",
            entries([f"{would}: {miss.words}"]),
            strong=strong,
        )
        for miss in found.misses
        if miss.part is part
    )
    return section_of(f"Missed {part}", "", items)


# --- mutation score --------------------------------------------------------------------------


def score_report(found: Score, title: str, folder: Path | None = None) -> Report:
    """How many single edits of a pathway in a folder its cases catch, and which they do not."""
    changing = found.caught + len(found.survivors)
    figures = (
        f"{found.caught} of {changing} edits that change a result are caught: "
        f"{100 * found.share:.1f} %",
        f"{counted(found.equivalent, 'edit')} proved to change no result",
        f"{counted(found.refused, 'edit')} that the check of the pathway refuses",
    )
    about = "No case notices these edits. Each needs a case that expects what is named."
    missed = section_of("Not caught", about, (_survivor(one, folder) for one in found.survivors))
    return Report(f"Mutants: {title}", (Section("Mutation score", (), entries(figures)), *missed))


def _survivor(one: Survivor, folder: Path | None) -> Item:
    case = (
        f"for example with {one.words}"
        if one.example is not None
        else "only a case that leaves an answer open could tell"
    )
    expecting = f"a case has to expect: {one.subject}; {case}"
    place = one.position.from_here(folder)
    what = f"{place}: {one.rule}: {one.what} [{Code.UNCAUGHT_EDIT}]"
    return Item(what, entries([expecting]), strong=True)


# --- documents -------------------------------------------------------------------------------


def documents_report(
    found: Iterable[Document], copied: Iterable[Copied], bare: Iterable[Uncovered], title: str
) -> Report:
    """Each document beside its copy, words that the pathway has from one, lines without a claim."""
    every = tuple(found)
    changed = [document for document in every if document.changed]
    result = (
        f"{len(changed)} of {len(every)} documents to look at."
        if changed
        else "Every document is as the pathway knows it, every anchor in its place."
    )
    documents = (
        Section(f"{one.source.id}: {one.source.title}", (), tuple(_document(one))) for one in every
    )
    words = entries(f"{one.position}: {one.source}: {one.words}" for one in copied)
    verbatim = section_of("Word for word as in a document", "Say it in your own.", words)
    without = section_of("Lines that no claim names", "", map(_uncovered, bare))
    sections = (Section("Result", (result,)), *documents, *verbatim, *without)
    return Report(f"Documents: {title}", sections)


def _uncovered(one: Uncovered) -> Item:
    return Item(f"{one.source.id}, {one.source.file}: {', '.join(_line_ranges(one)) or 'none'}")


def _line_ranges(one: Uncovered) -> list[str]:
    return [f"{low}" if low == high else f"{low}-{high}" for low, high in one.ranges]


def uncovered_data(bare: Iterable[Uncovered]) -> list[dict[str, object]]:
    """Lines without a claim as JSON data."""
    return [{"source": one.source.id, "lines": _line_ranges(one)} for one in bare]


def _document(one: Document) -> Iterator[Item]:
    match one.state:
        case DocumentState.MISSING:
            yield Item(f"{one.source.file}: there is no such file here", strong=True)
        case DocumentState.CHANGED:
            digest = f"digest {one.digest}, known is {one.source.sha256}"
            yield Item(f"{one.source.file}: the file has changed ({digest})", strong=True)
        case DocumentState.SAME:
            yield Item(f"{one.source.file}: the file is the same, byte for byte")
    counts = {s: sum(a.state is s for a in one.anchors) for s in AnchorState}
    if one.anchors:
        yield Item(f"anchors: {', '.join(f'{n} {state}' for state, n in counts.items())}")
    for anchor in one.anchors:
        if anchor.state is not AnchorState.FOUND:
            yield Item(_anchor(anchor), strong=True)
    if one.changed and one.options:
        yield Item(f"options to read again: {joined(one.options)}")
    if one.changed and one.alerts:
        yield Item(f"alerts to read again: {joined(one.alerts)}")


def _anchor(anchor: Anchor) -> str:
    claim = anchor.claim
    stands = f'{claim.id} ({claim.position}): "{claim.anchor}", lines {claim.lines}'
    if anchor.state is AnchorState.GONE:
        return f"{stands}: gone"
    lines = joined([str(line) for line in anchor.lines])
    return f"{stands}: moved, now on line{'s' if len(anchor.lines) > 1 else ''} {lines}"


def copied_data(copied: Iterable[Copied]) -> list[dict[str, object]]:
    """The words that the pathway has from a document, as JSON data."""
    return [{**one.position._asdict(), "source": one.source, "words": one.words} for one in copied]


def documents_data(found: Iterable[Document]) -> list[dict[str, object]]:
    """Documents as JSON data."""
    return [
        {
            "source": one.source.id,
            "file": one.source.file,
            "state": one.state,
            "digest": one.digest,
            "known_digest": one.source.sha256,
            "anchors": [
                {"claim": a.claim.id, "state": a.state, "lines": list(a.lines)} for a in one.anchors
            ],
            "options": list(one.options) if one.changed else [],
            "alerts": list(one.alerts) if one.changed else [],
        }
        for one in found
    ]
