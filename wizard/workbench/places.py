"""Where the files of a pathway say what a function or a record of it comes from."""

from collections.abc import Iterable, Iterator

from wizard.pathway.model import Pathway
from wizard.pathway.owned_rules import OwnedRule, RuleKind, asked_factors, owned_rules, uses
from wizard.workbench.edited_lines import Place
from wizard.workbench.record_diff import RecordChange
from wizard.workbench.rule_diff import FunctionChange, Subject

_OF_OPTION = ("statements", "usual_setting", "aims", "excludes")
_PARTS = {
    Subject.STATEMENT: "statements",
    Subject.SCOPE: "statements",
    Subject.EXCLUSION: "excludes",
}
_WRITTEN = {"minimum": "min", "maximum": "max"}
"""What files call otherwise than records do."""


def places_of(pathway: Pathway, change: FunctionChange) -> Iterator[Place]:
    """All that a function of a pathway rests on: its own entry, shared trees, questions."""
    owner = change.owner
    owned = [rule for rule in owned_rules(pathway) if rule.owner == owner]
    if change.subject is Subject.QUESTION:
        yield "factors.yaml", (owner,)
    elif owner in pathway.options and change.position.file.startswith("options/"):
        part = _PARTS.get(change.subject)
        if part is not None and change.part is not None:
            yield f"options/{owner}.yaml", (part, change.part)
            owned = [rule for rule in owned if rule.statement == change.part]
        else:
            yield from ((f"options/{owner}.yaml", (key,)) for key in _OF_OPTION)
    elif owner in pathway.alerts:
        yield _of_alert(pathway, owner)
    yield from (("shared.yaml", (name,)) for name in shared_trees(pathway, owned))
    for name in pathway.factors:
        if any(name in asked_factors(pathway, rule.rule.tree) for rule in owned):
            for key in ("values", "members", "groups", "applies_when", "min", "max", "at_least"):
                yield "factors.yaml", (name, key)


def place_of_rule(pathway: Pathway, owned: OwnedRule) -> Place:
    """The file and the keys of the entry that a rule stands in."""
    match owned.kind:
        case RuleKind.SHARED:
            return "shared.yaml", (owned.owner,)
        case RuleKind.APPLIES | RuleKind.DERIVED:
            return "factors.yaml", (owned.owner,)
        case RuleKind.STATEMENT | RuleKind.AIM if owned.statement is not None:
            keys = "statements", owned.statement
        case RuleKind.AIM:
            keys = "aims", owned.aim or ""
        case RuleKind.EXCLUSION:
            keys = "excludes", owned.statement or ""
        case RuleKind.SETTING:
            keys = "usual_setting", ""
        case _:
            return _of_alert(pathway, owned.owner)
    return f"options/{owned.owner}.yaml", tuple(filter(None, keys))


def shared_trees(pathway: Pathway, owned: Iterable[OwnedRule]) -> tuple[str, ...]:
    """The shared trees that rules go on with, and those that these go on with."""
    found: dict[str, None] = {}
    waiting = [name for rule in owned for name in uses(rule.rule)]
    while waiting:
        name = waiting.pop()
        if name not in found and name in pathway.shared:
            found[name] = None
            waiting.extend(uses(pathway.shared[name].rule))
    return tuple(name for name in pathway.shared if name in found)


def place_of(pathway: Pathway, record: RecordChange) -> Place:
    """The file and the keys of an entry that differs."""
    kind, *rest = record.path
    keys = tuple(_WRITTEN.get(key, key) for key in rest if key != "(order)")
    match kind:
        case "options" if keys:
            return f"options/{keys[0]}.yaml", keys[1:]
        case "factors" if not keys:
            return "pathway.yaml", ("steps",)
        case "claims" if keys:
            return f"claims/{keys[0].rpartition('-')[0]}.yaml", ("claims", *keys)
        case "alerts" if keys and keys[0] in pathway.alerts:
            file, own = _of_alert(pathway, keys[0])
            return file, (*own, *keys[1:]) if file == "alerts.yaml" else own
        case "factors" | "alerts" | "shared" | "sources" | "hazards" | "glossary":
            return f"{kind}.yaml", keys
    return "pathway.yaml", tuple(key for key in record.path if key != "(order)")


def _of_alert(pathway: Pathway, name: str) -> Place:
    file = pathway.alerts[name].position.file
    return (file, (name,)) if file == "alerts.yaml" else (file, ("cautions",))
