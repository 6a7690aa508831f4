"""A JSON Schema of a map of a registry's columns, so that an editor completes and explains it."""

from typing import Final

from wizard.cohort.columns import Column, Kind, columns_of
from wizard.cohort.stamp import may_be
from wizard.pathway.factors import NOT_DONE, ChoiceFactor, MultiFactor
from wizard.pathway.model import Pathway
from wizard.workbench.record_schema import TEXT, Schema, closed, shaped, told, words
from wizard.workbench.schemas import DRAFT

_UNKNOWN: Final = {"unknown": "It is not known."}
_ONE_OF: Final = r"[a-z0-9_]+(\|[a-z0-9_]+)+"
_STATES: Final = ("present", "absent")


def map_schema(pathway: Pathway) -> Schema:
    """The schema of a map, with the columns of a pathway and the words of each."""
    columns = columns_of(pathway)
    multis = [each for each in pathway.factors.values() if isinstance(each, MultiFactor)]
    meant = {
        **{each.name: f"{_label(pathway, each)} ({_words_of(pathway, each)})" for each in columns},
        **{each.id: f"{each.label} (of a FHIR response: several at once)" for each in multis},
    }
    column = closed(
        {
            "is": told(words(meant), "The column of the pathway that it is."),
            "values": told({"type": ["object", "null"]}, "What each of its codes stands for."),
            "units": told({"type": "object"}, "How many of the question's own unit one of it is."),
            "others": told(words(["absent"]), "Members that a response does not name are absent."),
        },
        ("is",),
        allOf=[
            *(_fitting(each.name, _words(pathway, each)) for each in columns),
            *(_fitting(each.id, _members(each)) for each in multis),
        ],
    )
    whole = closed(
        {
            "columns": told(
                {"type": ["object", "null"], "additionalProperties": column},
                "By the name of a column of a file, or of an item of a FHIR response.",
            ),
            "questionnaire": told(TEXT, "The file of the questionnaire that responses answer."),
        },
        ("columns",),
    )
    about = f"a map of a registry's columns to {pathway.id} {pathway.version}"
    return {"$schema": DRAFT, "$comment": about, **whole}


def _fitting(name: str, values: Schema) -> Schema:
    """That the codes of a column stand for what may stand in it."""
    return {
        "if": {"properties": {"is": words([name])}, "required": ["is"]},
        "then": {"properties": {"values": {"additionalProperties": values}}},
    }


def _words(pathway: Pathway, column: Column) -> Schema:
    """What may stand in a column."""
    factor = pathway.factors[column.factor]
    match column.kind, factor:
        case Kind.VALUE, ChoiceFactor():
            groups = {each.id: each.label for each in factor.groups.values()}
            values = {each.id: each.label for each in factor.values.values()}
            return {"anyOf": [words({**values, **groups, **_UNKNOWN}), shaped(_ONE_OF)]}
        case Kind.MEMBER, _:
            return words([*_STATES, *_UNKNOWN])
        case ((Kind.NONE | Kind.NOT_DONE), _):
            return words(["present", *_UNKNOWN])
        case _:
            return TEXT


def _members(factor: MultiFactor) -> Schema:
    """What an answer of a response may stand for, where each is one of several."""
    members = {each.id: each.label for each in factor.members.values()}
    none = {} if factor.at_least else {Kind.NONE.value: factor.none_label or "None of these"}
    skipped = {} if factor.not_done is None else {NOT_DONE: "It was not done."}
    return words({**members, **none, **skipped, **_UNKNOWN})


def _label(pathway: Pathway, column: Column) -> str:
    factor = pathway.factors[column.factor]
    if column.member and isinstance(factor, MultiFactor):
        return f"{factor.label}: {factor.members[column.member].label}"
    return factor.label


def _words_of(pathway: Pathway, column: Column) -> str:
    return may_be(pathway.factors[column.factor], column)
