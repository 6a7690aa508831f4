"""What a pathway says otherwise: records, order, thresholds, hazards and reviews."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from wizard.pathway.sources import Claim
from wizard.record import replace
from wizard.report.changed_functions import claim_items, edit_item
from wizard.report.folding import Telling
from wizard.wording.outline import Item, Link, Section, entries, section_of
from wizard.wording.text import joined
from wizard.workbench.edited_lines import EditedLines
from wizard.workbench.places import place_of
from wizard.workbench.record_diff import ChangeKind, RecordChange
from wizard.workbench.version_diff import Diff, LooseHazard

_SECTIONS: Final = {
    ChangeKind.REVIEW: ("Review", "Who has reviewed the pathway has changed."),
    ChangeKind.SAID: (
        "What the tool says about the result",
        "The answers that count as facts, units and bounds, currency, limits, assumptions and "
        "labels that are part of a result.",
    ),
    ChangeKind.HAZARD: ("Hazards", "Hazards added, removed, or told or controlled otherwise."),
    ChangeKind.QUESTION: ("Answers", "The answers that a question takes have changed."),
    ChangeKind.ALERT: ("Alerts", "Which options an alert goes with, or its level."),
    ChangeKind.ORDER: ("Order", "The order in which questions or options stand has changed."),
    ChangeKind.CLAIM: ("Claims", "Read each against its document."),
    ChangeKind.CITATION: ("Citations", "Which claims or assumptions stand where has changed."),
    ChangeKind.SOURCE: ("Documents", "What the pathway says of its documents has changed."),
    ChangeKind.TEXT: (
        "Text only",
        "Labels, questions, notes and the like. No result changes by these.",
    ),
}
_MOST: Final = 4
"""Records of one kind that are told; the others are folded."""
_MOST_WORDS: Final = 160
"""Letters of a text that are told."""
_MOST_LINES: Final = 3
"""Lines of an edit that stand for what a record was and is."""
_MOST_MOVED: Final = 3
_MOST_HAZARDS: Final = 4
_MOST_NAMES: Final = 1


def record_section(diff: Diff, kind: ChangeKind, telling: Telling) -> tuple[Section, ...]:
    """The records of one kind that differ, in a section of their own."""
    title, about = _SECTIONS[kind]
    return section_of(title, about, _entries(diff, kind, set(), telling))


def records_section(diff: Diff, shown: set[EditedLines], telling: Telling) -> tuple[Section, ...]:
    """Every record that differs, by kind; edits that were `shown` are only named."""
    items = []
    for kind in ChangeKind:
        if kind is ChangeKind.REVIEW:
            continue
        title, about = _SECTIONS[kind]
        below = _entries(diff, kind, shown, telling)
        if len(below) == 1 and not telling.whole:
            items.append(replace(below[0], text=f"{title}: {below[0].text}"))
        elif below:
            items.append(Item(f"{title}: {about}" if telling.whole else f"{title}:", below))
    return section_of("What the pathway says otherwise", "", items)


def _entries(
    diff: Diff, kind: ChangeKind, shown: set[EditedLines], telling: Telling
) -> tuple[Item, ...]:
    alike: dict[tuple[object, ...], list[RecordChange]] = {}
    records = [record for record in diff.records if record.sort is kind]
    for record in records:
        state = _state(record)
        key = (record.path[:-1], state) if state else record.path
        alike.setdefault(key, []).append(record)
    items = [_records(each, diff, shown, telling) for each in alike.values()]
    claims = {claim.id: claim for record in records for claim in _claims_of(record, diff)}
    again = claim_items(claims.values(), diff, telling)
    read = (Item("Read again:", telling.folded(again, _MOST, "claim")),) if again else ()
    return (*telling.folded(items, _MOST, "entry", "entries"), *read)


def _state(record: RecordChange) -> str:
    return "new" if record.old is None else "gone" if record.new is None else ""


def _records(
    records: Sequence[RecordChange], diff: Diff, shown: set[EditedLines], telling: Telling
) -> Item:
    """What is new or gone at one place in one entry, where it is much."""
    items = [_record(record, diff, shown, telling) for record in records]
    if telling.whole or len(items) == 1:
        return items[0] if len(items) == 1 else Item(" / ".join(records[0].path[:-1]), tuple(items))
    names = [record.path[-1] for record in records]
    more = [f"{len(names) - _MOST} more"] if len(names) > _MOST else []
    told = joined([*names[:_MOST], *more])
    return Item(f"{' / '.join(records[0].path[:-1])}: {_state(records[0])}: {told}")


def _record(record: RecordChange, diff: Diff, shown: set[EditedLines], telling: Telling) -> Item:
    """An entry that differs: the lines of its file where they are few, else what was and is."""
    path, state = " / ".join(record.path), _state(record)
    if record.path[-1] == "(order)" and record.old is not None and record.new is not None:
        name = " / ".join(record.path[:-1])
        return Item(f"{name}: {_moves(record.old.split(', '), record.new.split(', '))}")
    edit = _edit_of(record, diff)
    if state:
        place = "" if edit is None or edit in shown else f" ({edit.file}:{edit.line})"
        words = _in_part(record.old or record.new or "", telling)
        return Item(f"{path}: {state}{place}: {words}", links=_links(edit, telling))
    if edit in shown and edit is not None:
        return Item(f"{path} ({edit.file}:{edit.line}, as above)", links=_links(edit, telling))
    if edit is not None and len(edit.before) <= _MOST_LINES >= len(edit.after):
        shown.add(edit)
        return edit_item(edit, telling, path)
    sides = zip(("was", "now"), (record.old, record.new), strict=True)
    said = entries(f"{when}: {_in_part(words or '', telling)}" for when, words in sides)
    where = "" if edit is None else f" ({edit.file}:{edit.line})"
    return Item(f"{path}{where}", said, links=_links(edit, telling))


def _links(edit: EditedLines | None, telling: Telling) -> tuple[Link, ...]:
    if edit is None:
        return ()
    return telling.link(f"{edit.file}:{edit.line}", edit.file, edit.line)


def _in_part(words: str, telling: Telling) -> str:
    if telling.whole or len(words) <= _MOST_WORDS:
        return words
    return f"{words[:_MOST_WORDS].rsplit(' ', 1)[0]} ..."


def _edit_of(record: RecordChange, diff: Diff) -> EditedLines | None:
    """The edited lines that an entry stands in, the closest ones."""
    pathway = diff.old if record.new is None else diff.new
    place = place_of(pathway, record)
    found = [edit for edit in diff.edits if edit.belongs_to(place)]
    return max(found, key=lambda edit: len(edit.keys), default=None)


def _claims_of(record: RecordChange, diff: Diff) -> Iterator[Claim]:
    """The claims that are cited where they were not, or no longer where they were."""
    if record.sort is not ChangeKind.CITATION:
        return
    sides = [(side or "").split(", ") for side in (record.old, record.new)]
    for names, others, pathway in ((sides[1], sides[0], diff.new), (sides[0], sides[1], diff.old)):
        for name in names:
            if name not in others and name in pathway.claims:
                yield pathway.claims[name]


# --- order -----------------------------------------------------------------------------------


def _moves(before: list[str], after: list[str]) -> str:
    """`one now stands before two`, for those that were moved past the others."""
    kept: set[str] = set()
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        kept.update(before[block.a : block.a + block.size])
    moved = [name for name in after if name not in kept]
    told = [_move(name, after) for name in moved[:_MOST_MOVED]]
    more = [f"{len(moved) - _MOST_MOVED} more are moved"] if len(moved) > _MOST_MOVED else []
    return joined([*told, *more])


def _move(name: str, after: list[str]) -> str:
    at = after.index(name)
    if at + 1 < len(after):
        return f"{name} now stands before {after[at + 1]}"
    return f"{name} now stands last"


# --- thresholds, hazards, review ----------------------------------------------------------------


def review_sections(diff: Diff) -> tuple[Section, ...]:
    """That the review of the old version does not hold for the new one."""
    one = diff.lapsed
    if one is None:
        return ()
    item = Item(
        f"The review by {one.by} ({one.role}) on {one.date} does not hold for the new "
        "version: its content has changed since. Have it reviewed again.",
        strong=True,
    )
    return section_of("The review has lapsed", "", [item])


def threshold_sections(diff: Diff, telling: Telling) -> tuple[Section, ...]:
    """Numbers that stayed as they are while their unit changed."""
    items = [
        Item(
            f"{one.position.file}:{one.position.line}: {one.rule}: {one.label}, {one.number}: "
            f"{one.old_unit or 'no unit'} before, {one.new_unit or 'no unit'} now",
            strong=True,
            links=telling.place(one.position)[1],
        )
        for one in diff.thresholds
    ]
    about = "The unit has changed and these numbers have not."
    return section_of(
        "Thresholds that now mean another quantity",
        about,
        telling.folded(items, 2 * _MOST, "threshold"),
    )


def hazard_sections(diff: Diff, telling: Telling) -> Iterator[Section]:
    """Hazards that lost a control, and those whose control is not what it was."""
    lacking: dict[str, list[str]] = {}
    for hazard, what in diff.uncontrolled:
        lacking.setdefault(f"{hazard.id}: {hazard.hazard}", []).append(what)
    lost = [
        Item(hazard, telling.folded(entries(each), _MOST, "control"), strong=True)
        for hazard, each in lacking.items()
    ]
    about = "Their control names a test or case that is not there any more."
    lost_items = telling.folded(lost, _MOST_HAZARDS, "hazard")
    yield from section_of("Hazards left without a control", about, lost_items)
    loose = [_loose(one, telling) for one in diff.loosened]
    loose_items = telling.folded(loose, _MOST_HAZARDS, "hazard")
    yield from section_of("Hazards whose control changes", "", loose_items)


def _loose(one: LooseHazard, telling: Telling) -> Item:
    parts = []
    if one.dropped:
        parts.append(f"it no longer names {_names(one.dropped, telling)}")
    if one.affected:
        verb = "changes" if len(one.affected) == 1 else "change"
        number = f"{len(one.affected)} of its {len(one.held_by)} tests"
        parts.append(f"{number} {verb}, {_names(one.affected, telling)}")
    return Item(f"{one.hazard.id}: {one.hazard.hazard}: {'; '.join(parts)}")


def _names(names: tuple[str, ...], telling: Telling) -> str:
    told = names if telling.whole or len(names) <= _MOST_NAMES else names[:_MOST_NAMES]
    more = [f"{len(names) - len(told)} more"] if len(told) < len(names) else []
    return joined([*told, *more])
