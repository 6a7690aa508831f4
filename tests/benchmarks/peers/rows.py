"""The rows of the comparison: the same work by the wizard and by each peer that is installed."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from random import Random
from statistics import median, quantiles
from time import process_time
from typing import Final, TypeVar

from tests.benchmarks.cases import answers_of, complete_case
from tests.benchmarks.peers.ours import Ours
from tests.benchmarks.peers.peer import Factors, Peer
from tests.benchmarks.synthetic import partial_answers, synthetic_pathway
from tests.reasoning.brute import CaseValue
from tests.reasoning.pathways import random_answers
from wizard.case.answers import Answer, Answers
from wizard.engine.compiling import Compiled
from wizard.pathway.load import load_pathway
from wizard.pathway.model import Pathway, Status
from wizard.reasoning.bulk import statuses_of_many

PEERS: Final[Mapping[str, tuple[str, str, Mapping[str, str]]]] = {
    "OxiDD": ("with_oxidd", "WithOxidd", {}),
    "dd.cudd": ("with_dd", "WithDd", {"module": "dd.cudd"}),
    "dd.autoref": ("with_dd", "WithDd", {"module": "dd.autoref"}),
    "python-sat": ("with_sat", "WithSat", {}),
    "Z3": ("with_z3", "WithZ3", {}),
}
"""By name: the module, the class, and what it is given beside the pathway."""
LONGEST: Final = 3.0
"""Seconds of one peer in one row, after which it is given no further case."""
BATCHES: Final = 10
OF_A_BATCH: Final = 4096


Given = TypeVar("Given")
Found = TypeVar("Found")


class UnequalError(Exception):
    """A peer says something else than the wizard."""


def peer(name: str, pathway: Pathway) -> Peer:
    """A peer with the pathway's options in it.  Raises ImportError where it is not installed."""
    module, kind, more = PEERS[name]
    made: Peer = getattr(import_module(f"tests.benchmarks.peers.{module}"), kind)(pathway, **more)
    return made


def installed(pathway: Pathway) -> Iterator[tuple[str, Peer]]:
    """Each peer; those that cannot be imported are told."""
    for name in PEERS:
        try:
            yield name, peer(name, pathway)
        except ImportError as error:
            print(f"    {name} is skipped: {error}")


@dataclass(frozen=True)
class Partial:
    """Partial cases, each with what the wizard says of it, against which peers are held."""

    ours: Ours
    cases: Sequence[Answers]
    known: Sequence[Mapping[str, Status]]

    def statuses(self, peer: Peer, place: int) -> Callable[[], None]:
        """Ask for the statuses of a case; what is returned holds them against the wizard's."""
        found = peer.statuses(self.cases[place])
        return lambda: _same(found, self.known[place])

    def relevance(self, peer: Peer, place: int) -> Callable[[], None]:
        """Ask on which factors the open options depend."""
        found = peer.relevant(self.cases[place], self.known[place])
        return lambda: _same(found, self.ours.relevant(self.cases[place], self.known[place]))

    def reasons(self, peer: Peer, place: int) -> Callable[[], None]:
        """Ask for one reason of each settled option; there may be several as good."""
        found = peer.reasons(self.cases[place], self.known[place])
        return lambda: self._check_reasons(self.cases[place], self.known[place], found)

    def _check_reasons(
        self, answers: Answers, known: Mapping[str, Status], found: Mapping[str, Factors]
    ) -> None:
        _same(set(found), {o for o, status in known.items() if status is not Status.POSSIBLE})
        compiled = self.ours.compiled
        for option, reason in found.items():
            function, wanted = compiled.options[option], known[option] is Status.DESCRIBED
            settled = [
                compiled.settles({n: answers[n] for n in names}, function, wanted=wanted)
                for names in (reason, *(reason - {name} for name in reason))
            ]
            _same(settled, [True, *(False for _ in reason)])


def _same(one: object, other: object) -> None:
    if one != other:
        raise UnequalError(one, other)


Row = Callable[[Peer, int], Callable[[], None]]


def _times(row: Row, peer: Peer, count: int) -> list[float]:
    """Milliseconds of processor time of each case, asked once."""
    times: list[float] = []
    gc.collect()
    while len(times) < count and sum(times) < 1000 * LONGEST:
        start = process_time()
        check = row(peer, len(times))
        times.append(1000 * (process_time() - start))
        check()
    return times


def compare(partial_cases: Partial) -> None:
    """Print a row for each question, and in it a line for each peer."""
    ours, count = partial_cases.ours, len(partial_cases.cases)
    peers = dict(installed(ours.compiled.pathway))
    rows: dict[str, Row] = {
        "statuses of all options": partial_cases.statuses,
        "what the open ones depend on": partial_cases.relevance,
        "a reason of each settled one": partial_cases.reasons,
    }
    for what, row in rows.items():
        own = _times(row, ours, count)
        print(f"    {what:<40}{median(own):10.3f}{_last(own):10.3f} ms")
        for name, peer in peers.items():
            told(name, _times(row, peer, count), own)


def told(name: str, times: Sequence[float], own: Sequence[float]) -> None:
    """Print a peer's times, as multiples of the wizard's for the same cases."""
    few = f"   first {len(times)} of {len(own)}" if len(times) < len(own) else ""
    own = own[: len(times)]
    ratios = (median(times) / median(own), _last(times) / _last(own))
    words = "" if min(ratios) > 1 else "   MISSED"
    print(f"      {name:<38}{ratios[0]:10.1f}{ratios[1]:10.1f} x{few}{words}")


def _last(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def compare_complete(compiled: Compiled) -> None:
    """Complete cases, some thousands at a time: each package is given them in its own form."""
    pathway, random = compiled.pathway, Random(1)
    known: dict[tuple[str, CaseValue], Answer] = {}
    cases = [complete_case(pathway, random) for _ in range(BATCHES * OF_A_BATCH)]
    answers = [answers_of(pathway, case, known) for case in cases]

    def many(some: Sequence[Answers]) -> list[Mapping[str, Status]]:
        return list(statuses_of_many(compiled, some))

    own, found = _batches(many, answers)
    print(f"    {'statuses of a complete case':<40}{median(own):10.3f}{_last(own):10.3f} us")
    try:
        zen = import_module("tests.benchmarks.peers.with_zen").WithZen(pathway)
    except ImportError as error:
        print(f"    zen-engine is skipped: {error}")
        return
    contexts = [zen.context(case) for case in cases]
    for name, ask in (("zen, one expression", zen.compiled), ("zen, a graph", zen.graph)):
        times, said = _batches(ask, contexts)
        told(name, times, own)
        for one, other in zip(said, found, strict=False):
            _same(one, {o: status is Status.DESCRIBED for o, status in other.items()})


def _batches(
    ask: Callable[[Sequence[Given]], Sequence[Found]], cases: Sequence[Given]
) -> tuple[list[float], list[Found]]:
    """Microseconds of processor time for a case in each batch, and what was said of the cases."""
    times: list[float] = []
    found: list[Found] = []
    gc.collect()
    for start in range(0, len(cases), OF_A_BATCH):
        before = process_time()
        said = ask(cases[start : start + OF_A_BATCH])
        times.append(1e6 * (process_time() - before) / len(said))
        found += said
        if sum(times) * OF_A_BATCH > 1e6 * LONGEST:
            break
    return times, found


def main() -> None:
    """Compare on the shipped pathway, and on synthetic ones."""
    print("  median and 95th percentile; of each peer as multiples of ours: goal above 1")
    shipped, random = load_pathway(), Random(1)
    runs: dict[str, tuple[Pathway, list[Answers]]] = {
        "shipped": (shipped, [random_answers(random, shipped.factors) for _ in range(200)])
    }
    for factors, options, count in ((50, 30, 100), (100, 100, 30)):
        made = synthetic_pathway(factors, options)
        cases = [partial_answers(made, place / count, place) for place in range(count)]
        # So that those of which a slow peer is given only the first are like all.
        random.shuffle(cases)
        runs[f"{factors} factors, {options} options"] = (made, cases)
    for name, (pathway, cases) in runs.items():
        print(f"  {name}, {len(cases)} partial cases")
        ours = Ours(pathway)
        compare(Partial(ours, cases, [ours.statuses(answers) for answers in cases]))
        compare_complete(ours.compiled)
