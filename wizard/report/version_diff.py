"""A comparison of two versions as a report, and as JSON data."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from wizard.case.answers import Answers
from wizard.case.transitions import raw_answer
from wizard.pathway.factors import Factor
from wizard.pathway.model import Status
from wizard.record import as_data
from wizard.wording.outline import Item, Report, Section, entries, section_of
from wizard.wording.text import counted, joined
from wizard.workbench.affected import AffectedCase
from wizard.workbench.record_diff import ChangeKind, RecordChange
from wizard.workbench.rule_diff import CaseSet, FunctionChange, Subject
from wizard.workbench.version_diff import Diff

_WORDS: Final = {
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
_SECTIONS: Final = {
    ChangeKind.REVIEW: ("Review", "Who has reviewed the pathway has changed."),
    ChangeKind.SAID: (
        "What the tool says about the result",
        "The answers that count as facts, units and bounds, currency, limits, assumptions and "
        "labels that are part of a result.",
    ),
    ChangeKind.HAZARD: ("Hazards", "Hazards added, removed, or told or controlled otherwise."),
    ChangeKind.QUESTION: (
        "Questions: other answers",
        "The answers that a question takes have changed.",
    ),
    ChangeKind.ALERT: (
        "Alerts: other level or options",
        "Which options an alert goes with, or its level.",
    ),
    ChangeKind.ORDER: ("Order", "The order in which questions or options stand has changed."),
    ChangeKind.CLAIM: ("Claims that changed their words", "Read each against its document."),
    ChangeKind.CITATION: ("Citations", "Which claims or assumptions stand where has changed."),
    ChangeKind.SOURCE: ("Documents", "What the pathway says of its documents has changed."),
    ChangeKind.TEXT: (
        "Text only",
        "Labels, questions, notes and the like. No result changes by these.",
    ),
}
_PROVED: Final = (
    "Proved: no result changes. Every option, statement, aim, usual setting, alert and question "
    "is the same function of the answers in both versions, so no answers whatever get another "
    "result."
)


def comparison_report(diff: Diff) -> Report:
    """A comparison for a person, ready for a pull request."""
    return Report(
        title=f"{diff.new.title}: what changes from {diff.names[0]} to {diff.names[1]}",
        sections=tuple(_sections(diff)),
    )


def _sections(diff: Diff) -> Iterator[Section]:
    yield from _review(diff)
    yield from _records(diff, ChangeKind.REVIEW)
    yield Section("Result", tuple(_verdict(diff)))
    yield from section_of("Renamed", "Taken for the same under both ids.", entries(diff.renamed))
    yield from _thresholds(diff)
    yield from _function_sections(diff.functions.changes)
    yield from _lost_controls(diff)
    for kind in ChangeKind:
        if kind not in (ChangeKind.REVIEW, ChangeKind.TEXT):
            yield from _records(diff, kind)
    yield from _rewritten(diff)
    yield _cases(diff.cases)
    yield from _records(diff, ChangeKind.TEXT)
    stamps = (
        f"{which}: {name}, {each.id} {each.version}, digest {each.digest[:16]}"
        for which, name, each in diff.versions
    )
    yield Section("Versions", (), entries(stamps))


def _verdict(diff: Diff) -> Iterator[str]:
    if diff.behaviour:
        numbers = Counter(change.subject for change in diff.functions.changes)
        counts = [counted(number, _WORDS[subject][2]) for subject, number in numbers.items()]
        if counts:
            yield f"Results change: {joined(counts)}."
        else:
            yield (
                "What is asked, shown or said of a result changes. Proved: no option, aim, setting "
                "or alert holds in another case than before."
            )
    else:
        yield _PROVED
        if diff.old.digest == diff.new.digest:
            yield "The two versions are the same, word for word, but for their cases."
        elif diff.clinical:
            yield "What the pathway says or cites does change: read the parts below."
        elif diff.records:
            yield "Only text changed."
        else:
            what = "ids, comments" if diff.renamed else "comments"
            yield f"No word changed either: only {what}, layout or the way rules are written."


# --- functions -------------------------------------------------------------------------------


def _function_sections(changes: tuple[FunctionChange, ...]) -> Iterator[Section]:
    """One section for each option, alert or question that something differs about."""
    owners: dict[tuple[str, str], list[FunctionChange]] = {}
    following: dict[str, list[FunctionChange]] = {}
    for change in changes:
        if change.follows is not None and change.subject is not Subject.AIM:
            following.setdefault(change.follows, []).append(change)
        else:
            owners.setdefault((_group(change), change.owner), []).append(change)
    for (group, owner), own in owners.items():
        items = [_function(change, own) for change in own]
        alerts = following.get(owner, []) if group == "Option" else []
        if alerts:
            items.append(Item("Alerts that follow this change:", entries(map(_short, alerts))))
        label = next((c.label for c in own if c.subject in _HEADS), owner)
        plain = label.casefold().replace(" ", "_") == owner
        title = f"{group}: {label}" if plain else f"{group}: {label} ({owner})"
        yield Section(title, (), tuple(items))


_HEADS: Final = (
    *(Subject.OPTION, Subject.ALERT, Subject.CHECK),
    *(Subject.WHEN, Subject.UNLESS, Subject.CERTAIN, Subject.MAYBE, Subject.QUESTION),
)


def _group(change: FunctionChange) -> str:
    if change.subject is Subject.QUESTION:
        return "Question"
    return "Alert" if change.subject in _HEADS[1:] else "Option"


def _function(change: FunctionChange, others: Iterable[FunctionChange]) -> Item:
    name, verb, _ = _WORDS[change.subject]
    part = f" {change.part}" if change.part else ""
    where = f"{change.position.file}:{change.position.line}"
    if change.follows is not None:
        return Item(f"{_short(change)}; it follows the change of the option.")
    if change.before is None:
        head = f"{name}{part} is new ({where}): {verb} in {change.after} of {change.total} cases"
    elif change.after is None:
        head = f"{name}{part} is gone: it was {verb} in {change.before} of {change.total} cases"
    else:
        counts = f"in {change.after} of {change.total} cases, before in {change.before}"
        head = f"{name}{part} ({where}): {verb} {counts}"
    if change.subject is Subject.STATEMENT and any(_same_cases(change, one) for one in others):
        return Item(f"{head}: the change of the option is that of this statement", strong=True)
    titles = (
        "Appears in",
        "Disappears in",
        f"{verb.capitalize()}, by answers that only the new version has, in",
        f"Was {verb}, by answers that only the old version has, in",
    )
    sides = zip(titles, change.sides, strict=True)
    items = [_side(title, side) for title, side in sides if side.cases]
    items.append(Item(f"Cases are counted over: {'; '.join(change.over) or 'no question'}"))
    return Item(head, tuple(items), strong=True)


def _same_cases(statement: FunctionChange, option: FunctionChange) -> bool:
    """Whether a statement changes in just the regions in which its option does."""
    return option.subject is Subject.OPTION and all(
        [region.words for region in one.regions] == [region.words for region in other.regions]
        and one.unlisted == other.unlisted == 0
        for one, other in zip(statement.sides, option.sides, strict=True)
    )


def _short(change: FunctionChange) -> str:
    words = ("appears", "disappears", "new answers", "old answers")
    sides = zip(words, change.sides, strict=True)
    counts = ", ".join(f"{word} in {side.cases}" for word, side in sides if side.cases)
    name = change.part or change.owner
    return f"{_WORDS[change.subject][0]} {name} ({change.label}): {counts} of {change.total} cases"


def _side(title: str, side: CaseSet) -> Item:
    regions = []
    for region in side.regions:
        example = f"; for example with {region.rest}" if region.rest else ""
        regions.append(f"{region.words} ({_cases_in_words(region.cases)}{example})")
    if side.unlisted:
        regions.append(f"and {side.unlisted} more cases outside these regions")
    return Item(f"{title} {_cases_in_words(side.cases)}:", entries(regions))


def _cases_in_words(cases: int) -> str:
    return "1 case" if cases == 1 else f"{cases} cases"


# --- words, rules and cases ------------------------------------------------------------------


def _records(diff: Diff, sort: ChangeKind) -> tuple[Section, ...]:
    return section_of(
        *_SECTIONS[sort], (_record(record) for record in diff.records if record.sort is sort)
    )


def _record(record: RecordChange) -> Item:
    path = " / ".join(record.path)
    state = ": new" if record.old is None else ": gone" if record.new is None else ""
    sides = (("was", record.old), ("now", record.new))
    said = entries(f"{when}: {words}" for when, words in sides if words is not None)
    return Item(f"{path}{state}", said)


def _review(diff: Diff) -> tuple[Section, ...]:
    one = diff.lapsed
    if one is None:
        return ()
    item = Item(
        f"The review by {one.by} ({one.role}) on {one.date} does not hold for the new "
        "version: its content has changed since. Have it reviewed again.",
        strong=True,
    )
    return section_of("The review has lapsed", "", [item])


def _thresholds(diff: Diff) -> tuple[Section, ...]:
    items = (
        Item(
            f"{one.position.file}:{one.position.line}: {one.rule}: {one.label}, {one.number}: "
            f"{one.old_unit or 'no unit'} before, {one.new_unit or 'no unit'} now",
            strong=True,
        )
        for one in diff.thresholds
    )
    about = "The unit has changed and these numbers have not."
    return section_of("Thresholds that now mean another quantity", about, items)


def _lost_controls(diff: Diff) -> tuple[Section, ...]:
    items = (
        Item(f"{hazard.id}: {hazard.hazard}", entries([lacking]), strong=True)
        for hazard, lacking in diff.uncontrolled
    )
    about = "Their control names a test or case that is not there any more."
    return section_of("Hazards left without a control", about, items)


def _rewritten(diff: Diff) -> tuple[Section, ...]:
    return section_of(
        "Rewritten, and proved the same",
        "These rules are written otherwise and hold in exactly the same cases as before.",
        entries(
            f"{one.title} ({one.rule.position.file}:{one.rule.position.line})"
            for one in diff.functions.rewritten
        ),
    )


_MOST_CASES: Final = 8
"""Affected cases that are told in full, those with a turned status first; of more, the files."""


def _cases(cases: tuple[AffectedCase, ...]) -> Section:
    if not cases:
        return Section("Cases", ("No regression case gets another result.",))
    failing = sum(bool(case.unmet) for case in cases)
    ordered = sorted(cases, key=lambda case: not _turned(case))
    told = [_case_item(case) for case in ordered[:_MOST_CASES]]
    rest = [Item(_case_title(case), strong=bool(case.unmet)) for case in ordered[_MOST_CASES:]]
    still = "every expectation still holds"
    fails = f"the expectation of {failing} no longer holds"
    about = f"{_cases_in_words(len(cases))} affected: {fails if failing else still}."
    return Section("Cases", (about,), (*told, *rest))


def _turned(case: AffectedCase) -> bool:
    """Whether something that the answers settle is settled the other way."""
    settled = {Status.DESCRIBED.value, Status.NOT_DESCRIBED.value, "raised", "not shown"}
    return any({change.expected, change.found} <= settled for change in case.changes)


def _case_item(case: AffectedCase) -> Item:
    known = {change.subject for change in case.changes}
    plain = {c.subject: (c.expected.split(",")[0], c.found.split(",")[0]) for c in case.changes}
    items = [
        Item(f"{c.subject}: {c.expected} -> {c.found}")
        for c in case.changes
        if ", statement " not in c.subject
        or plain.get(c.subject.split(", statement ")[0]) != (c.expected, c.found)
    ]
    items += [
        Item(f"{c.subject}: expected {c.expected}, found {c.found}")
        for c in case.unmet
        if c.subject not in known
    ]
    return Item(_case_title(case), tuple(items), strong=bool(case.unmet))


def _case_title(case: AffectedCase) -> str:
    notes = []
    if case.only_in is not None:
        notes.append("a new case" if case.only_in == "new" else "taken out")
    if case.edited:
        notes.append("its answers were edited")
    if case.unmet:
        notes.append("its expectation no longer holds")
    if case.problem is not None:
        notes.append(f"does not fit both versions: {case.problem}")
    title = f"{case.file}{f' ({case.title})' if case.title else ''}"
    return f"{title}{f': {joined(notes)}' if notes else ''}"


# --- JSON ---------------------------------------------------------------------------------------


def comparison_data(diff: Diff) -> dict[str, object]:
    """A comparison as JSON data."""
    factors = diff.functions.factors
    return {
        "schema": 1,
        "clinical": diff.clinical,
        "behaviour": diff.behaviour,
        **{
            which: {"name": name, "id": one.id, "version": one.version, "digest": one.digest}
            for which, name, one in diff.versions
        },
        "review_lapsed": diff.lapsed is not None,
        "renamed": list(diff.renamed),
        "functions": [_function_data(change, factors) for change in diff.functions.changes],
        "rewritten": [
            {"rule": one.title, "file": one.rule.position.file, "line": one.rule.position.line}
            for one in diff.functions.rewritten
        ],
        "records": [as_data(record) for record in diff.records],
        "thresholds": [
            {
                "rule": one.rule,
                "factor": one.factor,
                "file": one.position.file,
                "line": one.position.line,
                "number": str(one.number),
                "old_unit": one.old_unit,
                "new_unit": one.new_unit,
            }
            for one in diff.thresholds
        ],
        "hazards_without_control": [
            {"id": hazard.id, "why": lacking} for hazard, lacking in diff.uncontrolled
        ],
        "cases": [_case_data(case) for case in diff.cases],
    }


def _function_data(change: FunctionChange, factors: Mapping[str, Factor]) -> dict[str, object]:
    return {
        "subject": change.subject,
        "id": change.owner,
        "part": change.part,
        "label": change.label,
        "file": change.position.file,
        "line": change.position.line,
        "over": list(change.over),
        "cases": change.total,
        "before": change.before,
        "after": change.after,
        "appears": _side_data(change.appears, factors),
        "disappears": _side_data(change.disappears, factors),
        "only_new_answers": _side_data(change.of_new, factors),
        "only_old_answers": _side_data(change.of_old, factors),
        "follows": change.follows,
    }


def _side_data(side: CaseSet, factors: Mapping[str, Factor]) -> dict[str, object]:
    return {
        "cases": side.cases,
        "regions": [
            {
                "words": region.words,
                "cases": region.cases,
                "example": answers_data(region.example, factors),
            }
            for region in side.regions
        ],
        "unlisted": side.unlisted,
    }


def answers_data(answers: Answers, factors: Mapping[str, Factor]) -> dict[str, object]:
    """Answers as JSON data, as an assessment shows them."""
    return {
        name: raw_answer(factors[name], answer)
        for name, answer in answers.items()
        if name in factors
    }


def _case_data(case: AffectedCase) -> dict[str, object]:
    changes = [{"subject": c.subject, "old": c.expected, "new": c.found} for c in case.changes]
    return {**as_data(case), "changes": changes}
