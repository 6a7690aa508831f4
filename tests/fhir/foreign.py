"""Somebody else's questionnaire, a map of it, and responses to it.

The shapes are those of the test data of public form fillers: groups in groups, items below answers,
codings without a system, texts typed beside a list, repeated groups, items that hide each other.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.fhir.cases import NAME, Json
from tests.small import park
from wizard.case.files import Case, CaseErrors
from wizard.case_forms import case_of
from wizard.cohort.mapping import read_map
from wizard.fhir.links import ABSENT_SYSTEM

MAP = """\
questionnaire: form.json
columns:
  /1/kind:
    is: kind
    values: {"http://trees.example|Q": oak, B: birch, Eiche: oak, LA0: unknown, "true": pine,
             P: pine|birch}
  /1/size: {is: height, values: {"999": unknown, "-9": unknown}, units: {cm: 0.01}}
  /1/least: {is: height__from}
  /1/most: {is: height__below}
  /2/storm: {is: damage__storm}
  /2/insects: {is: damage__insects, values: {Y: present, N: absent, U: unknown}}
  /2/none: {is: damage__none}
  /2/seen: {is: damage, values: {S: storm, F: fungus, I: insects, X: none, U: unknown}}
  /2/all: {is: damage, others: absent}
  "http://trees.example|branches": {is: branches, values: {"88": unknown}}
  /2/skipped: {is: branches__not_done}
  /3/nest: {is: nest, values: {"0": empty, "1": breeding}}
  http://trees.example|growth: {is: growth}
"""
CODES = {"/1/dead": "branches", "/3/growth": "growth"}
LINKS = ["kind", "size", "least", "most", "dead"]


def asked(link: str, kind: str = "choice", **parts: Any) -> Json:
    """An item of a questionnaire."""
    codes = [{"system": "http://trees.example", "code": CODES[link]}] if link in CODES else []
    return {"linkId": link, "type": kind, **({"code": codes} if codes else {}), **parts}


def form(**parts: Any) -> Json:
    """A questionnaire of three groups, one of them in a question; parts of items by linkId."""
    groups = {
        "/1": [f"/1/{each}" for each in LINKS],
        "/2": [f"/2/{each}" for each in ("storm", "insects", "none", "seen", "all", "skipped")],
        "/3": ["/3/nest", "/3/growth", "/3/text"],
    }
    items = [
        asked(group, "group", item=[asked(link, **parts.get(link, {})) for link in links])
        | parts.get(group, {})
        for group, links in groups.items()
    ]
    return {
        "resourceType": "Questionnaire",
        "url": "http://trees.example/form",
        "version": "3",
        "status": "active",
        "item": items,
    }


def when(question: str, operator: str, **answer: Any) -> Json:
    """A condition under which a questionnaire shows an item."""
    return {"question": question, "operator": operator, **answer}


def said(link: str, *values: Json, **more: Any) -> Json:
    """An item of a response."""
    return {"linkId": link, **({"answer": list(values)} if values else {}), **more}


def coding(code: str, system: str | None = None) -> Json:
    return {"valueCoding": {"code": code, **({"system": system} if system else {})}}


NOT_KNOWN = coding("asked-unknown", ABSENT_SYSTEM)


def response(*items: Json, **more: Any) -> Json:
    """A response to the form; an item goes into the group that its linkId begins with."""
    groups: dict[str, list[Json]] = {}
    for item in items:
        groups.setdefault(item["linkId"][:2], []).append(item)
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "http://trees.example/form|3",
        "status": "completed",
        "subject": {"reference": "Patient/1", "display": "Ada Somebody"},
        "item": [said(group, item=below) for group, below in groups.items()],
        **more,
    }


def read(folder: Path, resource: Json, questionnaire: Json | None = None) -> Case:
    """The case of a response, by the map of a folder."""
    if questionnaire is not None:
        (folder / "form.json").write_text(json.dumps(questionnaire), "utf-8")
    registry = read_map(folder / "map.yaml", park().pathway, park().space)
    return case_of(json.dumps(resource), park().pathway, NAME, registry)


def problem(folder: Path, resource: Json, questionnaire: Json | None = None) -> str:
    """The one thing that is wrong with a response."""
    with pytest.raises(CaseErrors) as told:
        read(folder, resource, questionnaire)
    (line,) = told.value.lines()
    assert line.startswith(f"{NAME}:1:")
    return line
