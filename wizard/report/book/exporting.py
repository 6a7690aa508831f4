"""A compiled pathway as data for the page's own reasoning (`engine.js`): ids, labels and diagrams.

Nodes are numbered anew, each after its children; 0 is false, 1 true, 2 not a case, as in the store.
A bound of numbers is a double: "just above 20" is the next one that no written number comes to, as
`engine.js` works it out too.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from wizard.engine.compiling import AlertFunctions, Compiled
from wizard.engine.diagrams import IMPOSSIBLE, Node
from wizard.exits import ExitCode, WizardError
from wizard.pathway.factors import (
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    Value,
    named_values,
)
from wizard.pathway.model import Alert, Option
from wizard.pathway.owned_rules import RuleKey, RuleKind
from wizard.pathway.ranges import split_bound
from wizard.pathway.trees import BEYOND
from wizard.wording.answers import colon, factor_label
from wizard.wording.citing import aim_places
from wizard.wording.text import clean, inside, short

NOT_MEASURED: Final = 1e300
"""Where the page has the answer that a number was not measured: above all numbers."""


class TooLargeForAPageError(WizardError):
    """Some functions of a pathway are not diagrams, or too many: a page cannot reason with them."""

    code = ExitCode.BAD_PATHWAY

    def __init__(self) -> None:
        super().__init__(
            "this pathway is too large for one page: not all that its rules come to fits into "
            "decision diagrams; explore it with mdt-wizard itself"
        )


class Exporter:
    """Numbers the nodes of functions as they are asked for."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.nodes: list[list[int]] = []
        self._numbers: dict[Node, int] = {end: end for end in range(IMPOSSIBLE + 1)}

    def node(self, function: Node) -> int:
        """The number of a function.  Raises TooLargeForAPageError where it is not a diagram."""
        waiting = [function]
        while waiting:
            node = waiting[-1]
            if node in self._numbers:
                waiting.pop()
                continue
            if node in self.compiled.diagrams.held:
                raise TooLargeForAPageError
            children = self.compiled.diagrams.children[node]
            missing = [child for child in children if child not in self._numbers]
            waiting.extend(missing)
            if not missing:
                self._numbers[node] = len(self.nodes) + IMPOSSIBLE + 1
                level = self.compiled.diagrams.levels[node]
                self.nodes.append([level, *(self._numbers[child] for child in children)])
        return self._numbers[function]

    def data(self) -> dict[str, object]:
        """Everything that the page reasons with.  Raises TooLargeForAPageError."""
        compiled, pathway = self.compiled, self.compiled.pathway
        factors = [self._factor(each) for each in pathway.factors.values()]
        options = [self._option(each) for each in pathway.options.values()]
        alerts = [self._alert(each) for each in pathway.alerts.values()]
        shown = {
            kind.value: [self.node(each) for each in functions]
            for kind, functions in compiled.shown.items()
        }
        return {
            "pathway": pathway.id,
            "version": pathway.version,
            "digest": pathway.digest,
            "sizes": compiled.space.sizes,
            "factors": factors,
            "options": options,
            "alerts": alerts,
            "shown": shown,
            "diagrams": self.nodes,
        }

    def _factor(self, factor: Factor) -> dict[str, object]:
        levels = self.compiled.space.levels[factor.id]
        return {
            "id": factor.id,
            "label": clean(factor_label(factor)),
            "colon": clean(colon(factor_label(factor))),
            "level": levels.start,
            "size": len(levels),
            "applies": self.node(self.compiled.applies[factor.id]),
            "notDone": None if factor.not_done is None else clean(short(factor.not_done)),
            "recordOnly": factor.record_only is not None,
            **self._answers(factor),
        }

    def _answers(self, factor: Factor) -> dict[str, object]:
        values = [{"id": each.id, "label": clean(short(each.label))} for each in _listed(factor)]
        match factor:
            case MultiFactor():
                return {
                    "kind": "multi",
                    "levels": tuple(named_values(factor)),
                    "values": values,
                    "atLeast": factor.at_least,
                    "none": clean(short(factor.none_label or "None of these")),
                }
            case NumberFactor():
                return {
                    "kind": "number",
                    "cuts": [_bound(cut) for cut in self.compiled.space.cuts[factor.id]],
                    "unit": factor.unit,
                    "min": float(factor.minimum),
                    "max": float(factor.maximum),
                    "whole": factor.whole,
                }
            case ChoiceFactor():
                ways = self.compiled.derived.get(factor.id)
                return {
                    "kind": "choice",
                    "levels": self.compiled.space.values_of(factor.id),
                    "values": values,
                    "groups": [
                        {"id": each.id, "label": clean(short(each.label)), "values": each.values}
                        for each in factor.groups.values()
                    ],
                    "ways": ways and {value: self.node(way) for value, way in ways.items()},
                    "fixed": isinstance(factor, DerivedFactor) and not factor.may_be_answered,
                }

    def _option(self, option: Option) -> dict[str, object]:
        compiled, own = self.compiled, option.id
        return {
            "id": own,
            "node": self.node(compiled.options[own]),
            **self._cited(),
            "statements": [
                {
                    "id": each.id,
                    "source": each.source,
                    "node": self.node(compiled.statements[own, each.id]),
                    "scope": self.node(compiled.scopes[own, each.id]),
                    **self._cited((RuleKey(RuleKind.STATEMENT, own, each.id), each.claims)),
                }
                for each in option.statements.values()
            ],
            "excludes": [
                {
                    "id": each.id,
                    "source": each.source,
                    "node": self.node(compiled.exclusions[own, each.id]),
                    **self._cited((RuleKey(RuleKind.EXCLUSION, own, each.id), each.claims)),
                }
                for each in option.excludes.values()
            ],
            "aims": [
                {
                    "id": aim,
                    "node": self.node(compiled.aims[own, aim].held),
                    "missed": self.node(compiled.aims[own, aim].missed),
                    **self._cited(*aim_places(option, aim)),
                }
                for aim in option.aims_by_id
            ],
            "setting": [
                {
                    "id": "",
                    "says": clean(inside(each.label)),
                    "node": self.node(compiled.settings[own]),
                    **self._cited((RuleKey(RuleKind.SETTING, own), each.claims)),
                }
                for each in (option.usual_setting,)
                if each is not None
            ],
        }

    def _alert(self, alert: Alert) -> dict[str, object]:
        own: AlertFunctions = self.compiled.alerts[alert.id]
        check = alert.check
        return {
            "id": alert.id,
            "when": self.node(own.when),
            "unless": self.node(own.unless),
            "about": dict(alert.about),
            "check": check
            and {
                "options": dict(check.options),
                "certain": self.node(own.certain),
                "possible": self.node(own.possible),
            },
            **self._cited((RuleKey(RuleKind.ALERT, alert.id), alert.claims)),
        }

    def _cited(self, *places: tuple[RuleKey, tuple[str, ...]]) -> dict[str, object]:
        """The claims of every way of some rules, and those of single ways with where they hold."""
        citing = self.compiled.citing
        return {
            "claims": list(dict.fromkeys(claim for _, claims in places for claim in claims)),
            "ways": [
                (claim, self.node(way))
                for rule, _ in places
                for claim, way in citing.get(rule, {}).items()
            ],
        }


def _listed(factor: Factor) -> Iterable[Value]:
    if isinstance(factor, MultiFactor):
        return factor.members.values()
    return named_values(factor).values()


def _bound(cut: Decimal) -> float:
    if cut == BEYOND:
        return NOT_MEASURED
    number, above = split_bound(cut)
    at = float(number)
    return at + abs(at) * 2.0**-52 + (at == 0) * 5e-324 if above else at
