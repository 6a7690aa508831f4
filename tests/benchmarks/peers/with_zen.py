"""zen-engine: complete cases through its compiled expressions and through a decision graph."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

import zen

from tests.benchmarks.peers.encoding import Encoding
from tests.reasoning.brute import Case
from wizard.pathway.factors import MultiFactor, NumberFactor
from wizard.pathway.model import Pathway
from wizard.pathway.trees import BEYOND, AnyOf, NonePresent, OneOf, Range, Rest, Test

Context = dict[str, str | float | list[str]]


class Expressions(Encoding[str]):
    """The options in zen's own language; a factor that does not apply is an empty list or zero.

    Every case is measured: none of them has "not done" for an answer.
    """

    true, false = "true", "false"

    def test(self, factor: str, test: Test) -> str:
        """Where the value of a factor passes a test."""
        match test:
            case OneOf(values=values):
                return self._any([f'{factor} == "{one}"' for one in values])
            case AnyOf(members=members):
                return self._any([f'"{one}" in {factor}' for one in members])
            case NonePresent():
                return f"len({factor}) == 0"
            case Range(low=low, high=high):
                if low == BEYOND:
                    return self.false
                bounds = [f"{factor} >= {low:f}"] if low is not None else []
                bounds += [f"{factor} < {high:f}"] if high not in (None, BEYOND) else []
                return f"({' and '.join(bounds)})" if bounds else self.true
            case Rest():
                return self.true

    @staticmethod
    def _any(parts: Sequence[str]) -> str:
        return parts[0] if len(parts) == 1 else f"({' or '.join(parts)})"

    def negation(self, one: str) -> str:
        """Where a formula does not hold."""
        return f"not ({one})"

    def ite(self, condition: str, yes: str, no: str) -> str:
        """One formula where a condition holds, else another."""
        match condition, yes, no:
            case "true" | "false", _, _:
                return yes if condition == "true" else no
            case _, "true", "false":
                return condition
            case _, "true", _:
                return f"({condition} or {no})"
            case _, _, "false":
                return f"({condition} and {yes})"
        return f"({condition} ? {yes} : {no})"


class WithZen:
    """One expression for all options, and a graph with one for each."""

    def __init__(self, pathway: Pathway) -> None:
        self._empty: Context = {
            factor.id: []
            if isinstance(factor, MultiFactor)
            else 0.0
            if isinstance(factor, NumberFactor)
            else ""
            for factor in pathway.factors.values()
        }
        options = Expressions(pathway).options()
        self._names = tuple(options)
        self._compiled = zen.compile_expression(f"[{', '.join(options.values())}]")
        self._graph = zen.ZenEngine().create_decision(zen.ZenDecisionContent(_graph(options)))

    def context(self, case: Case) -> Context:
        """A complete case as zen takes it."""
        return self._empty | {name: _value(value) for name, value in case.items()}

    def compiled(self, contexts: Sequence[Context]) -> list[dict[str, bool]]:
        """Which options are described in each case, by the compiled expression."""
        return [
            dict(zip(self._names, self._compiled.evaluate(each), strict=True)) for each in contexts
        ]

    def graph(self, contexts: Sequence[Context]) -> list[dict[str, bool]]:
        """The same, by the graph."""
        return [self._graph.evaluate(each)["result"] for each in contexts]


def _value(value: str | frozenset[str] | Decimal) -> str | float | list[str]:
    match value:
        case str():
            return value
        case Decimal():
            return float(value)
    return sorted(value)


def _graph(options: Mapping[str, str]) -> str:
    expressions = [{"id": name, "key": name, "value": text} for name, text in options.items()]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {
            "id": "options",
            "type": "expressionNode",
            "name": "options",
            "position": {"x": 0, "y": 0},
            "content": {"expressions": expressions},
        },
        {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 0, "y": 0}},
    ]
    edges = [
        {"id": f"{one} {other}", "sourceId": one, "targetId": other, "type": "edge"}
        for one, other in (("in", "options"), ("options", "out"))
    ]
    return json.dumps({"nodes": nodes, "edges": edges})
