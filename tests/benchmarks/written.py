"""A made-up pathway written as the files of a folder, so that it is read as real ones are."""

import json
from pathlib import Path
from typing import Any

from wizard.pathway.factors import ChoiceFactor
from wizard.pathway.model import Pathway
from wizard.pathway.trees import Ask, OneOf, Outcome, Tree

CLAIMS = ["DOC-01"]
"""The one claim that everything cites."""


def write(pathway: Pathway, folder: Path) -> None:
    """Write the factors, options and alerts of a pathway of choices and trees.

    JSON is YAML, too.
    """
    (folder / "options").mkdir(parents=True)
    (folder / "claims").mkdir()
    for name, content in {
        "pathway": _pathway(pathway),
        "factors": {name: _factor(factor) for name, factor in pathway.factors.items()},
        "sources": {"DOC": _source()},
        "shared": _shared(pathway),
        "alerts": {name: _alert(name) for name in pathway.alerts},
        "glossary": {},
        "hazards": {},
        "claims/DOC": {"source": "DOC", "claims": {"DOC-01": _claim()}},
        **{f"options/{name}": _option(pathway, name) for name in pathway.options},
    }.items():
        (folder / f"{name}.yaml").write_text(json.dumps(content, indent=1))


def tree(part: Tree) -> Any:
    """A tree of choices as it is written."""
    if isinstance(part, Outcome):
        return "described" if part.described else "not_described"
    assert isinstance(part, Ask)
    written: dict[str, Any] = {"ask": part.factor}
    for branch in part.branches:
        values = branch.test.values if isinstance(branch.test, OneOf) else ("otherwise",)
        written |= {", ".join(values): tree(branch.tree)}
    return written


def _pathway(pathway: Pathway) -> dict[str, Any]:
    return {
        "format": 2,
        "pathway": "made_up",
        "title": "Made up",
        "version": "1",
        "intended_use": "Measures how long things take. Nobody decides by it.",
        "report_errors": "Tell nobody.",
        "steps": {"step": {"label": "All", "factors": list(pathway.factors)}},
        "groups": {"group": "Group"},
        "options": dict.fromkeys(pathway.options, "group"),
        "assumptions": {},
        "limits": [],
        "not_surfaced": {},
        "reviewed": None,
        "changes": [{"version": "1", "date": "2026-11-27", "what": "First version."}],
        "old_after_years": 5,
        "actions": {},
        "stated_for": [],
    }


def _factor(factor: Any) -> dict[str, Any]:
    assert isinstance(factor, ChoiceFactor)
    return {
        "type": "choice",
        "label": factor.id,
        "question": f"Which is {factor.id}?",
        "help": "Any of them.",
        "values": {value: {"label": value, "help": "One."} for value in factor.values},
        "claims": CLAIMS,
    }


def _option(pathway: Pathway, name: str) -> dict[str, Any]:
    option = pathway.options[name]
    written: dict[str, Any] = {
        "option": name,
        "label": name,
        "statements": {
            statement.id: {"claims": CLAIMS, "tree": tree(statement.rule.tree)}
            for statement in option.statements.values()
        },
    }
    if option.usual_setting is not None:
        written["usual_setting"] = {"use": f"usual_{name}"}
    return written


def _shared(pathway: Pathway) -> dict[str, Any]:
    """The trees of usual settings and alerts, which are conditions and go on with these."""
    trees = {f"when_{name}": alert.when.tree for name, alert in pathway.alerts.items()}
    for name, option in pathway.options.items():
        if option.usual_setting is not None:
            trees[f"usual_{name}"] = option.usual_setting.rule.tree
    return {
        name: {"label": name, "claims": CLAIMS, "tree": tree(each)} for name, each in trees.items()
    }


def _alert(name: str) -> dict[str, Any]:
    says = {"title": "Look", "says": "Look at it.", "claims": CLAIMS}
    return {"level": "caution", **says, "when": {"use": f"when_{name}"}}


def _source() -> dict[str, Any]:
    return {
        "title": "Document",
        "short": "Document",
        "file": "document.txt",
        "sha256": "0" * 64,
        "publisher": "Nobody",
        "date": "2026-01",
        "date_meaning": "printed",
        "audience": "nobody",
        "type": "page",
        "country": "nowhere",
        "card": CLAIMS,
    }


def _claim() -> dict[str, Any]:
    return {
        "says": "It is so.",
        "section": "All",
        "lines": "1",
        "anchor": "so",
        "kind": "condition",
        "strength": "states",
    }
