"""What a peer can be asked."""

from collections.abc import Mapping
from typing import Protocol

from wizard.case.answers import Answers
from wizard.pathway.model import Status

Factors = frozenset[str]


class Peer(Protocol):
    """A package with the options of a pathway in it."""

    def statuses(self, answers: Answers) -> Mapping[str, Status]:
        """The status of each option over all completions of the answers."""
        ...

    def relevant(self, answers: Answers, known: Mapping[str, Status]) -> Mapping[str, Factors]:
        """The factors on which each open option still depends, given the statuses."""
        ...

    def reasons(self, answers: Answers, known: Mapping[str, Status]) -> Mapping[str, Factors]:
        """For each settled option a smallest set of answers that settles it, given the statuses."""
        ...
