"""What is kept beside the answers of a saved case."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wizard.case.log import JSON, Log, LogEntryError, entry_of
from wizard.case.nodes import json_data
from wizard.pathway.codes import Code
from wizard.pathway.problems import Problems
from wizard.record import NOTHING, Record, replace

if TYPE_CHECKING:
    from wizard.case.decisions import Decisions
    from wizard.case.given import SetAside
    from wizard.case.made import Measures
    from wizard.pathway.nodes import Node


class Kept(Record):
    """What a case keeps beside its answers while it is open.

    `title` and `vignette` are empty where there is none; `unread` are answers that its file has
    and that this version does not read, and `measures` what these were measured in; `decisions` is
    the team's own record.
    """

    title: str = ""
    vignette: str = ""
    unread: "tuple[SetAside, ...]" = ()
    measures: "Measures" = NOTHING
    decisions: "Decisions | None" = None

    def without(self, factor: str) -> "Kept":
        """The same without what is not read of a question: that was answered anew."""
        if all(each.factor != factor for each in self.unread):
            return self
        left = tuple(each for each in self.unread if each.factor != factor)
        return replace(self, unread=left)


def read_standing(node: "Node | None", problems: Problems) -> Mapping[str, JSON] | None:
    """What followed when the case was saved, as data that `reasoning.standing_then` reads."""
    if node is None:
        return None
    if isinstance(node, dict):
        return {str(key): json_data(value) for key, value in node.items()}
    what = "standing: a map of keys to values was expected"
    problems.tell(Code.WRONG_PART, node.position, what)
    return None


def read_log(node: "Node | None", problems: Problems) -> Log:
    """The entries of a log, whether their chain is whole or not; what is not one is a problem."""
    if node is None:
        return ()
    if not isinstance(node, list):
        problems.tell(Code.WRONG_PART, node.position, "log: a list of entries was expected")
        return ()
    entries = []
    for each in node:
        try:
            entries.append(entry_of(json_data(each)))
        except LogEntryError as error:
            problems.tell(Code.WRONG_PART, each.position, f"log: this {error}")
    return tuple(entries)
