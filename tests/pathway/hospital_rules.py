"""The hospital's protocol a second time, beside the rules of the pathway that it adds to."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from tests.second_reading import DESCRIBED, SHOWN, AlertRule, Rule, Rules
from tests.shipped import reference
from tests.shipped.reference import Case

BANDS: Final = {
    "sth_kidneys": {
        "below_30": (None, Decimal(30)),
        "below_50": (Decimal(30), Decimal(50)),
        "more": (Decimal(50), None),
    }
}


def very_frail(c: Case) -> bool:
    return c.one("sth_frailty", "very_frail")


def blockage(c: Case) -> bool:
    """STH-02: in a bowel NET also for symptoms of a blockage, if any operation can be done."""
    asked = c.net() and c.one("site", "bowel") and c.any("problems", "other")
    return asked and not c.one("surgery_feasible", "no_surgery")


def supportive_care(c: Case) -> bool:
    """STH-11: the very frail, and two of three where no operation can be done."""
    if very_frail(c):
        return True
    signs = (c.spread(), c.any_problem(), c.any("progress", "growing"))
    return sum(signs) >= 2 and c.one("surgery_feasible", "no_surgery")


STATEMENTS: Final[Mapping[str, Mapping[str, Rule]]] = {
    **reference.STATEMENTS,
    "surgery": {**reference.STATEMENTS["surgery"], "sth_bowel_blockage": blockage},
    "sth_board": {"sth_every_net": Case.net},
    "sth_best_care": {"sth_when": supportive_care},
}


def relief(c: Case) -> bool:
    """By the shipped sentence, or by the hospital's own in who is not very frail."""
    return reference.relief_by_surgery(c) or (blockage(c) and not very_frail(c))


RULES: Final[Rules] = replace(
    reference.RULES,
    values={**reference.CHOICES, "sth_frailty": ("not_frail", "somewhat", "very_frail")},
    bands=BANDS,
    statements=STATEMENTS,
    aims={
        **reference.AIMS,
        "surgery": {**reference.AIMS["surgery"], "symptom_relief": relief},
        "sth_best_care": {"sth_ease": supportive_care},
    },
    settings={**reference.SETTINGS, "sth_best_care": reference.not_working},
    exclusions={
        "surgery": {"sth_very_frail": very_frail},
        "radionuclide_therapy": {"sth_kidneys": lambda c: c.one("sth_kidneys", "below_30")},
    },
    alerts={
        **reference.ALERTS,
        "sth_blockage": AlertRule(
            lambda c: c.net() and c.one("site", "bowel") and c.any("problems", "other"),
            about={"surgery": DESCRIBED},
        ),
        "radionuclide_therapy_caution.sth_04": AlertRule(
            lambda c: c.one("sth_frailty", "somewhat", "very_frail"),
            about={"radionuclide_therapy": SHOWN},
        ),
        "radionuclide_therapy_caution.sth_09": AlertRule(
            lambda c: c.one("sth_kidneys", "below_30", "below_50"),
            about={"radionuclide_therapy": SHOWN},
        ),
    },
    applies={"spread_sites": Case.spread},
)
