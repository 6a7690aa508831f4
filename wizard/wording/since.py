"""What became of a saved case in another version of its pathway, in words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from wizard.pathway.factors import ChoiceFactor
from wizard.pathway.model import AlertLevel, Pathway, Status
from wizard.pathway.part_digests import WORDS
from wizard.reasoning.assessment import AlertState, Setting
from wizard.reasoning.since import AlertMoved, Behind, Changed, OptionMoved, Since
from wizard.reasoning.standing_then import OptionThen
from wizard.wording.answers import factor_label
from wizard.wording.differences import STATUS_WORDS
from wizard.wording.outline import Item, Section, entries, section_of
from wizard.wording.statuses import LEVEL_WORDS, SETTING_WORDS
from wizard.wording.text import counted, joined, long_date, sentence

THEN_AND_NOW: Final = "Then and now"
BEHIND: Final = "Behind it: "
"""Begins each line that tells what changed behind something that moved."""
_NOTHING_BEHIND: Final = (
    f"{BEHIND}nothing in the files of the pathway; the answers or this tool are others than then"
)
_STATES: Final = {AlertState.RAISED: "raised", AlertState.CHECK: "to check", None: "not shown"}


def since_line(pathway: Pathway, found: Since) -> str:
    """How much stands otherwise than when the case was saved, in one sentence."""
    then = f"version {found.then.version}"
    if found.then.version == pathway.version and found.then.digest != pathway.digest:
        then += ", whose files were others then"
    if not found.moved:
        return f"Everything shown of this case stands as in {then}."
    options, alerts = len(found.options), len(found.alerts)
    parts = [f"{counted(options, 'option')} of {len(pathway.options)}"] if options else []
    parts += [counted(alerts, "alert")] if alerts else []
    verb = "stands" if options + alerts == 1 else "stand"
    return sentence(f"{joined(parts)} {verb} otherwise than in {then}")


def moved_items(pathway: Pathway, found: Since) -> tuple[Item, ...]:
    """Every option and alert that shows otherwise; emergencies first."""
    urgent: list[Item] = []
    others: list[Item] = []
    for alert in found.alerts:
        level = pathway.alerts[alert.alert].level if alert.alert in pathway.alerts else None
        (urgent if level is AlertLevel.EMERGENCY else others).append(_alert(pathway, alert))
    return (*urgent, *(_option(pathway, each) for each in found.options), *others)


def since_sections(pathway: Pathway, found: Since) -> tuple[Section, ...]:
    """What became of a saved case: what moved, what changed around it, what the change log says."""
    moved = moved_items(pathway, found)
    return (
        Section(THEN_AND_NOW, (since_line(pathway, found),), moved),
        *section_of(
            "Options that show as then, with something in their files changed",
            "",
            (
                Item(_label(pathway, option), _part_items(pathway, parts, f"option {option}"))
                for option, parts in found.reworded.items()
            ),
        ),
        *section_of(
            "Options that are new, and not described for this case",
            "",
            entries(_label(pathway, each) for each in found.added),
        ),
        *section_of(
            "Questions that changed since they were answered",
            "Read them again: the answer may no longer be the same.",
            _part_items(pathway, found.questions),
        ),
        *_releases(found),
    )


def part_lines(pathway: Pathway, parts: Iterable[Behind], own: str = "") -> tuple[str, ...]:
    """Parts of a pathway that changed, each with its place; those of the owner `own` as its own."""
    return tuple(_part(pathway, each, own) for each in parts)


# --- parts -------------------------------------------------------------------------------------


def _part_items(pathway: Pathway, parts: Iterable[Behind], own: str = "") -> tuple[Item, ...]:
    return entries(map(sentence, part_lines(pathway, parts, own)))


def _label(pathway: Pathway, option: str) -> str:
    return pathway.options[option].label if option in pathway.options else f"“{option}”"


def _releases(found: Since) -> tuple[Section, ...]:
    title = f"What the pathway says of its changes since version {found.then.version}"
    if found.releases is None:
        return (Section(title, ("Its change log does not know that version.",)),)
    says = (f"{one.version}, {long_date(one.date)}: {one.what}" for one in found.releases)
    return section_of(title, "", entries(says))


def _option(pathway: Pathway, moved: OptionMoved) -> Item:
    label, before, after = _label(pathway, moved.option), moved.before, moved.after
    behind = _behind(pathway, moved.changed, f"option {moved.option}")
    if before is None or after is None:
        stood = before or after
        status = STATUS_WORDS[stood.status] if stood else ""
        text = f"{label}: no longer an option (before: {status})"
        if before is None:
            text = f"{label}: a new option, {status}"
        return Item(text, behind, strong=True, about=f"option:{moved.option}")
    if before.status is after.status:
        text = f"{label}: still {STATUS_WORDS[after.status]}"
    else:
        text = f"{label}: {STATUS_WORDS[after.status]} (before: {STATUS_WORDS[before.status]})"
    more = entries(_differences(pathway, moved.option, before, after))
    return Item(text, (*more, *behind), strong=True, about=f"option:{moved.option}")


def _differences(
    pathway: Pathway, option: str, before: OptionThen, after: OptionThen
) -> Iterator[str]:
    """What shows otherwise of an option but its status."""
    if before.depends_on != after.depends_on and after.status is Status.POSSIBLE:
        yield _lists("It depends on", *_by_label(pathway, before.depends_on, after.depends_on))
    aims = {name: each[0].label for name, each in pathway.options[option].aims_by_id.items()}
    if before.aims != after.aims:
        yield _lists("Aims", *(_named(each, aims) for each in (before.aims, after.aims)))
    if before.usual_setting is not after.usual_setting:
        one, other = _setting(before.usual_setting), _setting(after.usual_setting)
        yield f"Usual setting: {other} (before: {one})"
    if before.excluded_by != after.excluded_by:
        yield _lists("Not meant for such a case, by", before.excluded_by, after.excluded_by)
    for name in dict.fromkeys((*after.statements, *before.statements)):
        one, other = _match(before.statements, name), _match(after.statements, name)
        if one != other:
            yield f"Statement {name}: {other} (before: {one})"


def _lists(what: str, before: Iterable[str], after: Iterable[str]) -> str:
    told = (joined(sorted(each)) or "nothing" for each in (after, before))
    return "{}: {} (before: {})".format(what, *told)


def _named(names: Iterable[str], labels: Mapping[str, str]) -> list[str]:
    return [labels.get(each, each) for each in names]


def _by_label(pathway: Pathway, *several: Iterable[str]) -> list[list[str]]:
    labels = {name: factor_label(factor) for name, factor in pathway.factors.items()}
    return [_named(each, labels) for each in several]


def _setting(setting: Setting | None) -> str:
    return "none" if setting is None else SETTING_WORDS[setting]


def _match(statements: Mapping[str, Status], name: str) -> str:
    words = {Status.DESCRIBED: "matches", Status.POSSIBLE: "may match"}
    return words[statements[name]] if name in statements else "does not match"


def _alert(pathway: Pathway, moved: AlertMoved) -> Item:
    alert = pathway.alerts.get(moved.alert)
    title = f"Alert “{moved.alert}”" if alert is None else alert.title
    level = "" if alert is None else f"{LEVEL_WORDS[alert.level]}: "
    before, after = _STATES[moved.before], _STATES[moved.after]
    behind = _behind(pathway, moved.changed, f"alert {moved.alert}")
    return Item(f"{level}{title}: {after} (before: {before})", behind, strong=True)


def _behind(pathway: Pathway, changed: Changed, own: str) -> tuple[Item, ...]:
    carried = (
        f"{BEHIND}the answer to “{_question(pathway, each)}” is not the one of then"
        for each in changed.carried
    )
    lines = (f"{BEHIND}{line}" for line in part_lines(pathway, changed.behind, own))
    return entries((*carried, *lines)) or (Item(_NOTHING_BEHIND),)


def _question(pathway: Pathway, factor: str) -> str:
    return factor_label(pathway.factors[factor]) if factor in pathway.factors else factor


def _part(pathway: Pathway, part: Behind, own: str) -> str:
    became = "changed" if part.was and part.now else "is new" if part.now else "is gone"
    where = part.position
    place = f" ({where.file}, line {where.line})" if where is not None else ""
    return f"{_what(pathway, part, own)} {became}{place}"


def _what(pathway: Pathway, part: Behind, own: str) -> str:
    """A part of a pathway as the subject of a sentence in the singular."""
    kind, _, name = part.owner.rpartition(" ")
    if kind == "factor":
        return _of_question(pathway, name, part.part)
    if kind == "shared tree":
        shared = pathway.shared.get(name)
        return f"the shared tree “{name if shared is None else shared.label}”"
    of = ""
    if part.owner != own:
        title = pathway.alerts[name].title if name in pathway.alerts else name
        of = f" of {_label(pathway, name) if kind == 'option' else f'“{title}”'}"
    if not part.part:
        return f"the {kind}{of}"
    if part.part == WORDS:
        return f"the wording{of}"
    if part.part == "aims":
        return f"the list of aims{of}"
    return f"the {part.part}{of}"


def _of_question(pathway: Pathway, name: str, part: str) -> str:
    asked = f"“{_question(pathway, name)}”"
    if part.startswith("value "):
        value, factor = part.removeprefix("value "), pathway.factors.get(name)
        known = isinstance(factor, ChoiceFactor) and value in factor.values
        label = factor.values[value].label if isinstance(factor, ChoiceFactor) and known else value
        return f"what makes {asked} come to “{label}”"
    whats = {
        "": f"the question {asked}",
        WORDS: f"the wording of the question {asked}",
        "answers": f"what can be answered to {asked}",
        "applies_when": f"the condition for asking {asked}",
    }
    return whats[part]
