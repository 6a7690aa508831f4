"""JSON Schemas (draft-07) of every kind of file of a pathway, with the pathway's own ids.

They help whoever types: an editor completes and explains by them.  What they cannot say, such as
that branches are complete, `mdt-wizard check` says.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_type_hints

from wizard.pathway.factors import ChoiceFactor, MultiFactor, NumberFactor
from wizard.pathway.format.files import RawFiles, parse_additions
from wizard.pathway.format.folder import Snapshot, take_snapshot
from wizard.pathway.format.overlay import whole_files
from wizard.pathway.format.schema import (
    RawAddition,
    RawCaution,
    RawClaims,
    RawOption,
    RawOverlay,
    RawPathway,
)
from wizard.pathway.load import load_pathway
from wizard.pathway.model import STATUSES, Pathway
from wizard.pathway.problems import Problems
from wizard.workbench.case_schema import case_schema
from wizard.workbench.record_schema import (
    RecordSchemas,
    Schema,
    closed,
    list_of,
    one_kind,
    ref,
    shaped,
    told,
    words,
)
from wizard.workbench.tree_schema import answer_words, points_schema, rule_definitions

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
_BY_ID: Final = ("factors", "shared", "alerts", "glossary", "sources", "hazards")
"""The files that hold one record for each id."""
_ID_OF_A_VALUE: Final = shaped("[a-z][a-z0-9_]*")


def schemas(folder: Path) -> dict[str, Schema]:
    """The schema of each kind of file of a pathway, by the kind.

    Raises PathwayErrors where the pathway does not check.
    """
    return schemas_of(load_pathway(folder), take_snapshot(folder))


def schemas_of(pathway: Pathway, snapshot: Snapshot) -> dict[str, Schema]:
    """The schema of each kind of file, with the ids of a pathway and what else its files say."""
    every = whole_files(snapshot, Problems())
    records = _records(pathway, every)
    definitions = _definitions(pathway)
    hints = get_type_hints(RawFiles, include_extras=True)
    kinds = {
        "pathway": records.of_record(RawOverlay if snapshot.overlay else RawPathway),
        **{kind: records.of_type(hints[kind]) for kind in _BY_ID},
        "claims": records.of_record(RawClaims),
        "options": _option_schema(records, snapshot, pathway),
        "cases": case_schema(pathway),
    }
    kinds["factors"] = _with_own_values(kinds["factors"], pathway)
    return {kind: _whole(kind, pathway, schema, definitions) for kind, schema in kinds.items()}


def _whole(
    kind: str, pathway: Pathway, schema: Schema, definitions: Mapping[str, Schema]
) -> Schema:
    """A schema with the definitions that it names, by itself or through another."""
    used: dict[str, Schema] = {}
    open_names = list(_named(schema))
    while open_names:
        name = open_names.pop()
        if name not in used:
            used[name] = definitions[name]
            open_names += _named(definitions[name])
    head = {"$schema": DRAFT, "$comment": f"{kind} of {pathway.id} {pathway.version}"}
    return {**head, **schema, "definitions": {name: used[name] for name in sorted(used)}}


def _named(schema: Any) -> Iterator[str]:
    """The definitions that a schema names."""
    if isinstance(schema, Mapping):
        named = schema.get("$ref")
        if isinstance(named, str):
            yield named.rpartition("/")[2]
        for part in schema.values():
            yield from _named(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _named(part)


# --- the pathway's own words -----------------------------------------------------------------


def _claims(pathway: Pathway) -> dict[str, str]:
    sources = pathway.sources
    return {
        claim.id: f"{claim.says} ({sources[claim.source].short}, lines {claim.lines})"
        for claim in pathway.claims.values()
    }


def _options(pathway: Pathway) -> dict[str, str]:
    return {each.id: each.label for each in pathway.options.values()}


def _definitions(pathway: Pathway) -> dict[str, Schema]:
    return {
        **rule_definitions(pathway),
        "claim": words(_claims(pathway)),
        "assumption": words({each.id: each.says for each in pathway.assumptions.values()}),
        "shared_tree": words({each.id: each.label for each in pathway.shared.values()}),
        "option": words(_options(pathway)),
    }


def _records(pathway: Pathway, files: RawFiles) -> RecordSchemas:
    """The schemas of the records, with what their keys name in this pathway."""
    claim, actions = ref("claim"), words(pathway.actions)
    raw = files.pathway
    factors = words({each.id: each.question for each in pathway.factors.values()})
    names = {
        **dict.fromkeys(("claims", "card", "for_anyone", "leaves_out"), claim),
        "assumes": ref("assumption"),
        "use": ref("shared_tree"),
        "factors": factors,
        "steps": factors,
        "option": ref("option"),
        "options": words({each.id: each.label for each in pathway.groups.values()}),
        "action": actions,
        "Claim.stated_for": words([] if raw is None else list(map(str, raw.stated_for))),
        "source": words({each.id: each.title for each in pathway.sources.values()}),
    }
    condition = ref("condition")
    check = {
        **{name: told(words(tuple(STATUSES)), label) for name, label in _options(pathway).items()},
        "certain": told(condition, "Holds in every case that fits the answers."),
        "possible": told(condition, "Holds in some case that fits the answers."),
    }
    fields = {
        "check": closed(check, minProperties=1),
        "RawFactor.points": points_schema(pathway),
    }
    keys = {"not_surfaced": _claims(pathway), "about": _options(pathway)}
    caution = RecordSchemas(names, keys, fields).of_record(RawCaution)
    fields["RawOption.cautions"] = one_kind(_cautions_by_value(pathway), list_of(caution))
    return RecordSchemas(names, keys, fields)


def _cautions_by_value(pathway: Pathway) -> Schema:
    return closed(
        {
            factor.id: told(
                closed(
                    {word: told(list_of(ref("claim"), 1), says) for word, says in known.items()}
                ),
                factor.question,
            )
            for factor in pathway.factors.values()
            if not isinstance(factor, NumberFactor) and (known := answer_words(factor))
        }
    )


def _with_own_values(schema: Schema, pathway: Pathway) -> Schema:
    """The schema of factors.yaml; a group completes the values of its own factor.

    A value that is new in the same file is no mistake, so other ids may stand there.
    """
    (pattern, factor), *_ = schema["patternProperties"].items()
    own = {}
    for each in pathway.factors.values():
        if isinstance(each, ChoiceFactor | MultiFactor):
            known = each.values if isinstance(each, ChoiceFactor) else each.members
            one = {"anyOf": [words({key: one.label for key, one in known.items()}), _ID_OF_A_VALUE]}
            group = {"properties": {"values": list_of(one)}}
            own[each.id] = {"properties": {"groups": {"additionalProperties": group}}}
    return {**schema, "patternProperties": {pattern: factor}, "allOf": [{"properties": own}]}


def _option_schema(records: RecordSchemas, snapshot: Snapshot, pathway: Pathway) -> Schema:
    """The schema of options/OPTION.yaml; an overlay writes less of an option of its base."""
    if not snapshot.overlay:
        return records.of_record(RawOption)
    own = parse_additions(snapshot, Problems(), present=()).pathway
    added = set() if own is None else set(map(str, own.options))
    of_base = [name for name in pathway.options if name not in added]
    return {
        "if": {"properties": {"option": {"enum": of_base}}, "required": ["option"]},
        "then": records.of_record(RawAddition),
        "else": records.of_record(RawOption),
    }
