"""The rules of the pathway about trees a second time, written from what its claims say."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from tests.second_reading import DESCRIBED, SHOWN, AlertRule, Rule, Rules, always
from tests.second_reading import Case as AnyCase
from wizard.pathway.trees import BEYOND

VALUES: Final = {
    "kind": ("oak", "beech", "birch", "pine"),
    "growth": ("slow", "fast"),
    "state": ("sound", "weak", "failing"),
    "nest": ("breeding", "empty", "not_done"),
    "near": ("path", "house", "nothing"),
}
ABOVE_40: Final = Decimal("40.000001")
EDGES: Final = {
    "height": [*map(Decimal, ("5", "5.000001", "10", "20", "30", "40")), ABOVE_40],
    "branches": [*map(Decimal, (1, 3, 10, 21)), BEYOND],
}
BANDS: Final = {
    factor: {
        str(low or "0"): (low, high)
        for low, high in zip([None, *edges], [*edges, None], strict=True)
    }
    for factor, edges in EDGES.items()
}
OWN: Final = {"state": "worked_out"}
DAMAGE: Final = ("storm", "fungus", "insects")


class Case(AnyCase):
    """A case with what several rules ask of it."""

    def number(self, factor: str) -> Decimal:
        """The least number of the band in which it lies: no rule tells the others apart."""
        return Decimal(str(self.get((factor, ""))))

    def height(self) -> Decimal:
        return self.number("height")

    def branches(self) -> Decimal:
        return self.number("branches")

    def counted(self) -> bool:
        return self.branches() < BEYOND

    def damage(self, *members: str) -> bool:
        return self.any("damage", *members)

    def undamaged(self) -> bool:
        return not self.damage(*DAMAGE)

    def fungus_in(self, part: str) -> bool:
        """Asked of a tree with a fungus alone."""
        looked_at = self.damage("fungus") and not self.any("fungus_parts", "not_done")
        return looked_at and self.any("fungus_parts", part)

    def broadleaved(self) -> bool:
        return not self.one("kind", "pine")

    def points(self) -> int:
        """LFT-06: strength by kind, height, damage and growth; more points, less strength."""
        tall = 1 if self.height() < 10 else 2 if self.height() < 30 else 3
        points = (1 if self.broadleaved() else 3) + tall + (1 if self.undamaged() else 3)
        return points + (1 if self.one("growth", "fast") else 2)

    def strength(self, *classes: str) -> bool:
        points = self.points()
        return ("a" if points <= 5 else "b" if points <= 8 else "c") in classes

    def worked_out(self) -> str:
        """LFT-06: the state, unless the team gives its own."""
        if self.undamaged():
            return "weak" if self.strength("c") else "sound"
        weak = self.damage("insects") and self.fungus_in("root") and self.broadleaved()
        return "weak" if weak else "failing"

    def state(self, *states: str) -> bool:
        own = str(self.get(("state", "")))
        return (self.worked_out() if own == OWN["state"] else own) in states

    def risky_place(self) -> bool:
        return self.one("near", "path", "house")

    def tall_near_people(self) -> bool:
        return self.height() >= 20 and self.risky_place()

    def short_or_dead(self) -> bool:
        return self.height() <= 5 or 10 <= self.branches() <= 20

    def breeding(self) -> bool:
        return self.one("nest", "breeding")


def broken_branches(c: Case) -> bool:
    """HBK-07, of broadleaved trees with storm damage or of a middling height."""
    return c.broadleaved() and (c.damage("storm") or 20 <= c.height() < 40)


def two_of_three(c: Case) -> bool:
    """HBK-10, where there is a dead branch at all."""
    signs = (
        c.branches() >= 3 and c.counted(),
        c.one("growth", "slow"),
        c.damage("storm", "insects"),
    )
    return c.branches() >= 1 and c.counted() and sum(signs) >= 2


def middling(c: Case) -> bool:
    """LFT-09: no birch, no decay from below, none or three to nine dead branches."""
    few = c.branches() < 1 or 3 <= c.branches() < 10
    return few and c.strength("b") and not c.fungus_in("root") and not c.one("kind", "birch")


STATEMENTS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "watch": {
        "slow_growth": lambda c: (
            c.one("growth", "slow") and c.undamaged() and not c.height() >= ABOVE_40
        ),
        "standing": lambda c: c.state("sound", "weak") and c.strength("a", "b"),
    },
    "prune": {
        "broken_branches": broken_branches,
        "trunk_fungus": lambda c: c.one("kind", "oak", "beech") and c.fungus_in("trunk"),
        "dead_branches": two_of_three,
    },
    "fell": {
        "tall_near_people": Case.tall_near_people,
        "two_kinds_of_damage": lambda c: (
            (c.damage("storm") and c.damage("fungus") and c.risky_place())
            or (c.damage("insects") and c.tall_near_people())
        ),
        "failing": lambda c: c.strength("c") or c.state("failing"),
        "beyond_care": lambda c: (
            c.risky_place()
            and c.short_or_dead()
            and not c.tall_near_people()
            and (c.one("kind", "pine") or not c.undamaged())
        ),
    },
    "spray": {
        "insects": lambda c: (
            c.damage("insects") and c.branches() <= 20 and not c.one("near", "house")
        ),
    },
    "brace": {
        "by_strength": lambda c: middling(c) or (c.strength("c") and c.one("growth", "fast")),
        "old_oaks": lambda c: (
            c.one("kind", "oak")
            and c.one("growth", "fast")
            and (10 <= c.height() < 20 or c.height() >= 30)
        ),
    },
    "board": {"every_tree": always},
}

AIMS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "prune": {
        "keep_people_away": lambda c: (
            broken_branches(c) and c.one("near", "path") and not c.breeding()
        ),
        "keep_tree": always,
    },
}

SETTINGS: Final[Mapping[str, Rule]] = {
    "prune": Case.risky_place,
    "fell": lambda c: c.broadleaved() and not c.breeding(),
}

EXCLUSIONS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "fell": {"pines": lambda c: c.one("kind", "pine")},
    "spray": {"breeding": Case.breeding},
}

ALERTS: Final[Mapping[str, AlertRule]] = {
    "falling": AlertRule(
        lambda c: c.damage("storm") and c.risky_place(),
        check=True,
        check_options={"prune": SHOWN},
        check_certain=lambda c: c.damage("storm"),
        check_possible=Case.broadleaved,
    ),
    "leaflets_differ": AlertRule(
        always,
        unless=lambda c: c.one("kind", "pine") or c.height() < 5,
        about={"fell": DESCRIBED},
    ),
    "not_looked": AlertRule(
        lambda c: (
            c.one("nest", "not_done") or (c.damage("fungus") and c.any("fungus_parts", "not_done"))
        )
    ),
    "conifers_left_out": AlertRule(lambda c: c.one("kind", "pine") and not c.undamaged()),
    "not_counted": AlertRule(lambda c: not c.counted() and c.damage("storm", "insects")),
    "state.not_worked_out": AlertRule(
        lambda c: c.get(("state", "")) not in (OWN["state"], c.worked_out())
    ),
    "prune_caution.insects": AlertRule(lambda c: c.damage("insects"), about={"prune": SHOWN}),
    "prune_caution.fungus": AlertRule(lambda c: c.damage("fungus"), about={"prune": SHOWN}),
    "prune_caution.pine": AlertRule(lambda c: c.one("kind", "pine"), about={"prune": SHOWN}),
    "spray_caution.hbk_12": AlertRule(
        lambda c: c.one("kind", "oak", "beech") and c.height() >= 20, about={"spray": SHOWN}
    ),
    "spray_caution.lft_02": AlertRule(
        lambda c: not c.one("growth", "fast") and not c.one("near", "nothing"),
        about={"spray": SHOWN},
    ),
}

RULES: Final = Rules(
    values=VALUES,
    statements=STATEMENTS,
    aims=AIMS,
    settings=SETTINGS,
    alerts=ALERTS,
    exclusions=EXCLUSIONS,
    bands=BANDS,
    unasked=OWN,
    needed={"fungus_parts": ("root", "trunk")},
    applies={"fungus_parts": lambda c: c.damage("fungus")},
    case=Case,
)
