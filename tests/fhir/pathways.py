"""Every pathway of the tree, and its questionnaire as other programs take it apart."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests.pathway.hospital_copy import hospital
from tests.small import SMALL
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.load import shipped_folder

NAMES: Final = ("shipped", "small", "park", "stones", "prostate", "hospital")


@cache
def compiled(name: str) -> Compiled:
    """A pathway of the tree; `hospital` is an overlay on the shipped one."""
    if name == "hospital":
        with TemporaryDirectory() as place:
            return compile_pathway(read_pathway(hospital(Path(place))))
    folder = shipped_folder() if name == "shipped" else SMALL.with_name(name)
    return compile_pathway(read_pathway(folder, shipped=name == "shipped"))


def items_of(holder: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every item of a questionnaire or a response, those inside others behind them."""
    for item in holder.get("item", ()):
        yield item
        yield from items_of(item)
        for answer in item.get("answer", ()):
            yield from items_of(answer)


def enabled(item: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """Whether an item is enabled, as R4 defines it; `answers` has the one value of each linkId."""
    conditions = item.get("enableWhen", ())
    if not conditions:
        return True
    holds = all if item.get("enableBehavior") == "all" else any
    return holds(_holds(each, answers) for each in conditions)


def _holds(condition: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    (wanted,) = (_bare(value) for key, value in condition.items() if key.startswith("answer"))
    given = answers.get(condition["question"])
    match condition["operator"]:
        case "=":
            return bool(given == wanted)
        case "!=":
            return bool(given != wanted)
        case "<":
            return given is not None and bool(given < wanted)
        case "<=":
            return given is not None and bool(given <= wanted)
        case ">":
            return given is not None and bool(given > wanted)
        case ">=":
            return given is not None and bool(given >= wanted)
    raise AssertionError(condition)


def answered(response: Mapping[str, Any]) -> dict[str, Any]:
    """The one value of each item of a response that has any, by its linkId."""
    found = {}
    for item in items_of(response):
        for answer in item.get("answer", ()):
            (value,) = (each for key, each in answer.items() if key.startswith("value"))
            found[item["linkId"]] = _bare(value)
    return found


def _bare(value: Any) -> Any:
    """A value as others compare it: of a coding its system and code."""
    return (value["system"], value["code"]) if isinstance(value, dict) else value
