"""What options, alerts and questions do otherwise: one entry each, those alike told once."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from wizard.pathway.sources import Claim
from wizard.record import Record, replace
from wizard.report.folding import Telling
from wizard.wording.outline import Item, Link, Section, entries, section_of
from wizard.wording.text import counted, inside, joined
from wizard.workbench.edited_lines import EditedLines
from wizard.workbench.places import places_of
from wizard.workbench.reading_again import claims_to_read
from wizard.workbench.rule_diff import CaseSet, FunctionChange, Subject
from wizard.workbench.version_diff import Diff

SUBJECTS: Final = {
    Subject.OPTION: ("Option", "described", "option"),
    Subject.STATEMENT: ("Statement", "matching", "statement"),
    Subject.SCOPE: ("Scope of the statement", "true", "scope"),
    Subject.AIM: ("Aim", "listed", "aim"),
    Subject.SETTING: ("Usual setting", "met", "usual setting"),
    Subject.EXCLUSION: ("Exclusion", "true", "exclusion"),
    Subject.ALERT: ("Alert", "raised", "alert"),
    Subject.CHECK: ("Check of alert", "left as a check", "check of an alert"),
    Subject.WHEN: ("Condition (when) of alert", "true", "condition of an alert"),
    Subject.UNLESS: ("Condition (unless) of alert", "true", "silencing of an alert"),
    Subject.CERTAIN: ("Condition (certain) in the check of alert", "true", "condition of a check"),
    Subject.MAYBE: ("Condition (possible) in the check of alert", "true", "condition of a check"),
    Subject.QUESTION: ("Question", "asked", "question"),
}
"""How a function is headed, what it is where it holds, and how several are counted."""
_HEADS: Final = (
    *(Subject.OPTION, Subject.ALERT, Subject.CHECK),
    *(Subject.WHEN, Subject.UNLESS, Subject.CERTAIN, Subject.MAYBE, Subject.QUESTION),
)
_MOST_WHOLE: Final = 2
"""Options, alerts and questions that are told whole; of others, what changes."""
_MOST_SHORT: Final = 4
_MOST_REGIONS: Final = 3
_MOST_EDITS: Final = 2
_MOST_LINES: Final = 4
"""Lines of an edit, before and after each."""
_MOST_CLAIMS: Final = 4


class _Owner(Record):
    """An option, alert or question, its changes, and the alerts that follow them."""

    group: str
    id: str
    label: str
    changes: tuple[FunctionChange, ...]
    following: tuple[FunctionChange, ...]

    @property
    def name(self) -> str:
        """Its label, with its id where that is another word."""
        plain = self.label.casefold().replace(" ", "_") == self.id
        return self.label if plain else f"{self.label} ({self.id})"


def function_sections(diff: Diff, shown: set[EditedLines], telling: Telling) -> tuple[Section, ...]:
    """The first changes whole, and what else changes.  Adds to the edits that were `shown`."""
    told: dict[Item, list[_Owner]] = {}
    for owner in _owners(diff):
        told.setdefault(_whole(owner, "", telling), []).append(owner)
    groups = list(told.values())
    most = len(groups) if telling.whole else min(_MOST_WHOLE, telling.most - 1 or 1)
    items = [_with_reading(owners, diff, shown, telling) for owners in groups[:most]]
    rest = [
        replace(
            _in_one(owners, telling),
            items=_with_reading(owners, diff, set(shown), telling).items,
            folded=True,
        )
        for owners in groups[most:]
    ]
    return section_of("What changes", "", [*items, *telling.folded(rest, _MOST_SHORT, "change")])


def _with_reading(
    owners: Sequence[_Owner], diff: Diff, shown: set[EditedLines], telling: Telling
) -> Item:
    """All that is told of owners that change alike, with the lines and claims to read."""
    where, links = telling.place(owners[0].changes[0].position)
    item = replace(_whole(owners[0], _names(owners, where), telling), links=links)
    edits = _edits(owners, diff, shown, telling)
    return replace(item, items=(*item.items, *edits, *_claims(owners, diff, telling)))


def _owners(diff: Diff) -> Iterator[_Owner]:
    own: dict[tuple[str, str], list[FunctionChange]] = {}
    following: dict[str, list[FunctionChange]] = {}
    for change in diff.functions.changes:
        leads = _leads(diff, change)
        if leads is not None and change.subject is not Subject.AIM:
            following.setdefault(leads, []).append(change)
        else:
            own.setdefault((_group(change), change.owner), []).append(change)
    for (group, owner), changed in own.items():
        known = (each.options.get(owner) for each in (diff.new, diff.old))
        option = next((each.label for each in known if each is not None), owner)
        label = next((c.label for c in changed if c.subject in _HEADS), option)
        alerts = following.get(owner, []) if group == "Option" else []
        yield _Owner(group, owner, label, tuple(changed), tuple(alerts))


def _leads(diff: Diff, change: FunctionChange) -> str | None:
    """The option whose change explains this one; a caution comes and goes with its option."""
    file = change.position.file
    if change.follows is None and file.startswith("options/") and change.subject in _HEADS[1:]:
        option = file.removeprefix("options/").removesuffix(".yaml")
        if (option in diff.new.options) != (option in diff.old.options):
            return option
    return change.follows


def _group(change: FunctionChange) -> str:
    if change.subject is Subject.QUESTION:
        return "Question"
    return "Alert" if change.subject in _HEADS[1:] else "Option"


def _names(owners: Sequence[_Owner], where: str) -> str:
    """`Option NAME (FILE:LINE)`; several that change alike as `Options ID and ID: each`."""
    if len(owners) == 1:
        return f"{owners[0].group} {owners[0].name} ({where})"
    return f"{owners[0].group}s {joined([owner.id for owner in owners])}: each"


def _in_one(owners: Sequence[_Owner], telling: Telling) -> Item:
    """What changes first in each, in one line of text."""
    first = owners[0].changes[0]
    where, _ = telling.place(first.position)
    several = "s" if len(owners) > 1 else ""
    named = f"{owners[0].group}{several} {joined([owner.id for owner in owners])}"
    part = "" if first.subject in _HEADS else f", {SUBJECTS[first.subject][2]}"
    return Item(f"{named}{part} ({where}): {_moved(first)}")


# --- one option, alert or question ------------------------------------------------------------


def _whole(owner: _Owner, called: str, telling: Telling) -> Item:
    """The first change whole, the others in short: those that are the same are only named."""
    first, *others = owner.changes
    named = [change for change in others if _same_cases(change, first)]
    following = [change for change in others if change.follows is not None]
    rest = [change for change in others if change not in (*named, *following)]
    items = _sides(first, telling)
    if telling.whole:
        items += [Item(_said(change), tuple(_sides(change, telling))) for change in rest]
    elif None in (first.before, first.after) and rest:
        state = "New" if first.before is None else "Gone"
        items.append(Item(f"{state} with it: {joined([_part(change) for change in rest])}"))
    else:
        items += telling.folded(entries(map(_short, rest)), _MOST_SHORT, "change")
    if following:
        aims = joined([f"{change.part}{_called(change)}" for change in following])
        verb, noun = ("follows", "aim") if len(following) == 1 else ("follow", "aims")
        items.append(Item(f"Its {noun} {verb}: {aims}"))
    if owner.following:
        items.append(_alerts(owner.following, telling))
    return Item(f"{called}{_head(first, named)}", tuple(items), strong=True)


def _part(change: FunctionChange) -> str:
    """`aim cure`, `usual setting`."""
    return f"{SUBJECTS[change.subject][2]} {change.part or ''}".rstrip()


def _alerts(following: Sequence[FunctionChange], telling: Telling) -> Item:
    """The alerts that follow the change of an option."""
    if telling.whole:
        # One that comes or goes with its option changes where the option tells nothing of.
        items = tuple(
            Item(_short(each), tuple(_sides(each, telling) if each.follows is None else ()))
            for each in following
        )
    else:
        items = entries(map(_short, following))
    if telling.whole or len(items) == 1:
        return Item("Alerts that follow this change:", items)
    rest = telling.fold(items[1:], len(items) - 1, "alert")
    return Item(f"Alerts that follow this change: {following[0].owner}", (rest,))


def _same_cases(other: FunctionChange, first: FunctionChange) -> bool:
    """Whether a statement changes in just the regions in which its option does."""
    if (first.subject, other.subject) != (Subject.OPTION, Subject.STATEMENT):
        return False
    return all(
        [region.words for region in one.regions] == [region.words for region in two.regions]
        and one.unlisted == two.unlisted == 0
        for one, two in zip(other.sides, first.sides, strict=True)
    )


def _head(change: FunctionChange, named: Sequence[FunctionChange]) -> str:
    """What is said of a change behind the name of its owner."""
    if change.subject not in (Subject.OPTION, Subject.ALERT, Subject.QUESTION):
        return f": {inside(_said(change))}"
    by = f", by its statement {joined([each.part or '' for each in named])}," if named else ""
    return f"{by} {_counts(change)}"


def _said(change: FunctionChange) -> str:
    """`Statement NAME is matching in ...`; of an alert's or option's only one, without a name."""
    part = f" {change.part}" if change.part else ""
    return f"{SUBJECTS[change.subject][0]}{part} {_counts(change)}"


def _sides(change: FunctionChange, telling: Telling) -> list[Item]:
    """Where it appears and where it disappears."""
    verb = SUBJECTS[change.subject][1]
    titles = (
        "Appears in",
        "Disappears in",
        f"{verb.capitalize()}, by answers that only the new version has, in",
        f"Was {verb}, by answers that only the old version has, in",
    )
    sides = zip(titles, change.sides, strict=True)
    return [_side(title, side, telling) for title, side in sides if side.cases]


def _counts(change: FunctionChange) -> str:
    """`is described in 31 of 96 combinations of answers to two questions (...), before in 24`."""
    verb = SUBJECTS[change.subject][1]
    over = f"{change.total} {combinations(change)}"
    if change.before is None:
        return f"is new: {verb} in {change.after} of {over}"
    if change.after is None:
        return f"is gone: it was {verb} in {change.before} of {over}"
    return f"is {verb} in {change.after} of {over}, before in {change.before}"


def combinations(change: FunctionChange) -> str:
    """`combinations of answers to these two questions: One; Other`."""
    if not change.over:
        return "cases, since no question is asked"
    questions = counted(len(change.over), "question")
    noun = "combination" if change.total == 1 else "combinations"
    return f"{noun} of answers to {questions} ({'; '.join(change.over)})"


def _side(title: str, side: CaseSet, telling: Telling) -> Item:
    regions = []
    for region in side.regions:
        shown = region.rest and telling.whole
        example = f"; for example with {region.rest}" if shown else ""
        regions.append(f"{region.words} ({region.cases}{example})")
    listed = telling.folded(entries(regions), _MOST_REGIONS, "region")
    left = f"and {side.unlisted} more outside these regions" if side.unlisted else None
    return Item(f"{title} {side.cases}:", (*entries([left]), *listed))


def _short(change: FunctionChange) -> str:
    name = change.part or change.owner
    return f"{SUBJECTS[change.subject][0]} {name}{_called(change)}: {_moved(change)}"


def _called(change: FunctionChange) -> str:
    """The label of what changes, where it is not its id."""
    return "" if change.label == (change.part or change.owner) else f" ({change.label})"


def _moved(change: FunctionChange) -> str:
    words = ("appears", "disappears", "holds by new answers", "held by old answers")
    sides = zip(words, change.sides, strict=True)
    counts = ", ".join(f"{word} in {side.cases}" for word, side in sides if side.cases)
    new = "new; " if change.before is None else "gone; " if change.after is None else ""
    noun = "combination" if change.total == 1 else "combinations"
    return f"{new}{counts or 'in none'} of {change.total} {noun}"


# --- what to read beside it -------------------------------------------------------------------


def _edits(
    owners: Sequence[_Owner], diff: Diff, shown: set[EditedLines], telling: Telling
) -> Iterator[Item]:
    """The lines that were edited in what these rest on, as they were and as they are."""
    places = [
        place
        for owner in owners
        for change in (*owner.changes, *owner.following)
        for pathway in (diff.new, diff.old)
        for place in places_of(pathway, change)
    ]
    # The own lines of each come first, then those of shared trees and questions.
    found = list(
        dict.fromkeys(each for place in places for each in diff.edits if each.belongs_to(place))
    )
    fresh = [each for each in found if each not in shown]
    again = [each for each in found if each in shown]
    shown.update(fresh)
    items = [edit_item(each, telling) for each in fresh]
    yield from telling.folded(items, _MOST_EDITS, "edited place")
    if again:
        named = joined([f"{each.file}:{each.line}" for each in again])
        yield Item(f"It rests on edited lines that stand above: {named}")


def edit_item(edit: EditedLines, telling: Telling, head: str = "") -> Item:
    """Edited lines with their file and line."""
    where = f"{edit.file}:{edit.line}"
    if edit.whole:
        number = counted(len(edit.before or edit.after), "line")
        state = "a new file" if edit.after else "the file is gone"
        where, told = edit.file, f"{edit.file}: {state}, {number}"
        links = telling.link(where, edit.file) if edit.after else ()
        return Item(f"{head} ({told})" if head else told, links=links)
    lines = (*_lines("-", edit.before, telling), *_lines("+", edit.after, telling))
    links = telling.link(where, edit.file, edit.line)
    return Item(f"{head} ({where})" if head else where, lines=lines, links=links)


def _lines(mark: str, lines: tuple[str, ...], telling: Telling) -> Iterator[str]:
    least = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    most = min(_MOST_LINES, max(telling.most, 2))
    told = lines if telling.whole or len(lines) <= most else lines[: most - 1]
    yield from (f"{mark} {line[least:]}" for line in told)
    if len(told) < len(lines):
        yield f"{mark} ... {len(lines) - len(told)} more lines"


def _claims(owners: Sequence[_Owner], diff: Diff, telling: Telling) -> Iterator[Item]:
    changes = [
        change
        for owner in owners
        for change in (*owner.changes, *(owner.following if telling.whole else ()))
    ]
    items = claim_items(claims_to_read(diff.old, diff.new, changes), diff, telling)
    if items:
        yield Item("Read again:", telling.folded(items, _MOST_CLAIMS, "claim"))


def claim_items(claims: Iterable[Claim], diff: Diff, telling: Telling) -> list[Item]:
    """Claims with their words, and where each stands in its document."""
    items = []
    for claim in claims:
        pathway = diff.new if claim.id in diff.new.claims else diff.old
        several = "s" if set(claim.lines) & set("-,") else ""
        place = f"{pathway.sources[claim.source].short}, line{several} {claim.lines}"
        gone = "" if pathway is diff.new else "; gone"
        links: tuple[Link, ...] = ()
        if not gone:
            links = telling.link(claim.id, claim.position.file, claim.position.line)
        items.append(Item(f"{claim.id}: {claim.says} [{place}{gone}]", links=links))
    return items
