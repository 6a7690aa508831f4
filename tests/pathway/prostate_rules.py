"""The rules of the second disease a second time, written from its page, not from its files."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from tests.second_reading import SHOWN, AlertRule, Rule, Rules, always
from tests.second_reading import Case as AnyCase
from wizard.pathway.trees import BEYOND

VALUES: Final = {
    "older": ("older_man", "younger_man"),
    "health": ("good", "other_conditions"),
    "found_at_screening": ("screened", "not_screened"),
    "extent": (
        "tissue_only",
        "half_lobe",
        "more_than_half",
        "both_sides",
        "through_layer",
        "nearby",
    ),
    "felt_or_seen": ("felt", "hidden", "not_done"),
    "near_nerves": ("close", "clear"),
    "nodes": ("positive", "negative", "not_done"),
    "stage": ("stage_1", "stage_2a", "stage_2b", "stage_3", "stage_4", "no_stage"),
    "growing": ("growing", "quiet"),
    "prostatectomy_possible": ("can", "cannot"),
}
BANDS: Final = {
    "psa": {
        "low": (None, Decimal(10)),
        "middle": (Decimal(10), Decimal(20)),
        "high": (Decimal(20), BEYOND),
        "not_done": (BEYOND, None),
    },
    "gleason": {
        "up_to_6": (None, Decimal(7)),
        "7": (Decimal(7), Decimal(8)),
        "8": (Decimal(8), BEYOND),
        "not_done": (BEYOND, None),
    },
}
OWN: Final = {"stage": "worked_out"}
PLACES: Final = ("bone", "far_nodes", "organ")
SIGNS: Final = ("urinary", "bone_pain", "anaemia")
SECOND: Final = ("stage_2a", "stage_2b")


class Case(AnyCase):
    """A case with what several rules ask of it."""

    def any(self, factor: str, *members: str) -> bool:
        """Whether one of these members is present; where nobody looked, none is known to be."""
        if factor == "distant" and self.get((factor, "not_done")):
            return False
        return super().any(factor, *members)

    def smallest(self) -> bool:
        """Met by needle or chance, or in half a lobe at most."""
        return self.one("extent", "tissue_only", "half_lobe")

    def hidden(self) -> bool:
        """Neither felt nor seen, which is asked of the smallest alone (A3)."""
        return self.smallest() and self.one("felt_or_seen", "hidden")

    def not_examined(self) -> bool:
        return self.smallest() and self.one("felt_or_seen", "not_done")

    def two_not_looked_at(self) -> bool:
        """Two of the prostate, the nodes and distant parts (A2)."""
        nodes, distant = self.one("nodes", "not_done"), self.get(("distant", "not_done"))
        return self.not_examined() + nodes + bool(distant) >= 2

    def spread(self) -> bool:
        return self.any("distant", *PLACES)

    def worked_out(self) -> str:
        """The stage of the page's list (PDQ-14 to PDQ-27)."""
        if self.one("extent", "nearby") or self.one("nodes", "positive") or self.spread():
            return "stage_4"
        larger = {
            "through_layer": "stage_3",
            "both_sides": "stage_2b",
            "more_than_half": "stage_2a",
        }
        for reach, stage in larger.items():
            if self.one("extent", reach):
                return stage
        if self.one("psa", "high") or self.one("gleason", "8"):
            return "stage_2b" if self.hidden() else "no_stage"
        not_done = [self.one(test, "not_done") for test in ("psa", "gleason")]
        if any(not_done):
            half_lobe = self.hidden() and self.one("extent", "half_lobe")
            return "stage_1" if all(not_done) and half_lobe else "no_stage"
        low = self.one("psa", "low") and self.one("gleason", "up_to_6")
        return "stage_1" if low else "stage_2a"

    def stage(self) -> str:
        """The team's own stage where it gives one, else the one that is worked out."""
        own = str(self.get(("stage", "")))
        return self.worked_out() if own == OWN["stage"] else own

    def at(self, *stages: str) -> bool:
        return self.stage() in stages

    def prostate_only(self) -> bool:
        """In the prostate alone: no nodes, nothing further (PDQ-14, PDQ-18, A1)."""
        reach = self.smallest() or self.one("extent", "more_than_half", "both_sides")
        return reach and not self.one("nodes", "positive") and not self.spread()

    def had(self, *treatments: str) -> bool:
        return self.any("earlier", *treatments)

    def bone(self) -> bool:
        return self.any("distant", "bone")

    def urinary(self) -> bool:
        return self.any("symptoms", "urinary")

    def bone_pain(self) -> bool:
        """Bone pain that may come from the cancer or from hormones (PDQ-51, A5)."""
        hormones = ("antiandrogen", "orchiectomy", "other_hormones")
        return self.any("symptoms", "bone_pain") and (self.bone() or self.had(*hormones))

    def bone_thinning(self) -> bool:
        return self.had("antiandrogen", "orchiectomy")

    def waiting(self) -> bool:
        """PDQ-28: older without signs or with other conditions, or found at screening."""
        if self.one("found_at_screening", "screened"):
            return True
        older = self.one("older", "older_man")
        return older and (
            self.one("health", "other_conditions") or not self.any("symptoms", *SIGNS)
        )

    def grows(self) -> bool:
        """Asked under active surveillance alone."""
        return self.had("surveillance") and self.one("growing", "growing")


def staged(*stages: str) -> Callable[[Case], bool]:
    return lambda c: c.at(*stages)


ANY_STAGE: Final = ("stage_1", *SECOND, "stage_3", "stage_4")

STATEMENTS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "watchful_waiting": {"by_stage": staged(*ANY_STAGE), "who": Case.waiting},
    "active_surveillance": {
        "by_stage": staged(*ANY_STAGE),
        "who": lambda c: c.waiting() and not c.grows(),
    },
    "radical_prostatectomy": {
        "good_health": lambda c: c.one("health", "good") and c.prostate_only(),
        "by_stage": staged("stage_1", *SECOND, "stage_3"),
    },
    "turp": {
        "symptoms_first": Case.urinary,
        "no_prostatectomy": lambda c: (
            c.one("prostatectomy_possible", "cannot") and c.prostate_only()
        ),
        "control": lambda c: c.urinary() and c.at("stage_3", "stage_4"),
    },
    "external_radiation": {"by_stage": staged(*ANY_STAGE), "bone_pain": Case.bone_pain},
    "internal_radiation": {
        "by_stage": lambda c: c.at("stage_1", *SECOND) or (c.urinary() and c.at("stage_3")),
    },
    "alpha_emitter": {"in_bone": Case.bone, "stage_4": staged("stage_4")},
    "hormone_therapy": {
        "by_stage": staged("stage_3", "stage_4"),
        "when_it_grows": lambda c: c.grows() and c.at(*ANY_STAGE),
        "after_radiation": lambda c: c.had("radiation") and c.at(*ANY_STAGE),
    },
    "chemotherapy": {"stage_4": staged("stage_4")},
    "sipuleucel_t": {"spread": Case.spread},
    "bisphosphonates": {
        "bone": Case.bone,
        "stage_4": staged("stage_4"),
        "bone_loss": Case.bone_thinning,
        "bone_pain": Case.bone_pain,
        "prevention": lambda c: not c.bone(),
    },
    "denosumab": {"prevention": lambda c: not c.bone(), "bone_pain": Case.bone_pain},
    "other_bone_pain": {"bone_pain": Case.bone_pain},
    "cryosurgery": {"trials": staged("stage_1", *SECOND, "stage_3")},
    "focused_ultrasound": {"trials": staged("stage_1", *SECOND)},
    "proton_beam": {"trials": staged(*SECOND)},
    "clinical_trial": {"for_everyone": always, "with_orchiectomy": staged("stage_4")},
}

AIMS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "watchful_waiting": {"relief": Case.waiting},
    "active_surveillance": {
        "cure_later": lambda c: c.waiting() and not c.grows() and not c.at("stage_4"),
    },
    "turp": {"relief": Case.urinary},
    "external_radiation": {"pain_relief": Case.bone_pain},
}

EXCLUSIONS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "radical_prostatectomy": {"positive_nodes": lambda c: c.one("nodes", "positive")},
}

ALERTS: Final[Mapping[str, AlertRule]] = {
    "staging_tests": AlertRule(
        lambda c: c.any("symptoms", "bone_pain") or c.one("psa", "high") or c.one("gleason", "8")
    ),
    "tests_missing": AlertRule(Case.two_not_looked_at),
    "no_stage_given": AlertRule(staged("no_stage")),
    "stage.not_worked_out": AlertRule(
        lambda c: c.get(("stage", "")) != OWN["stage"] and c.get(("stage", "")) != c.worked_out()
    ),
    "radical_prostatectomy_caution.pdq_36": AlertRule(
        lambda c: c.one("near_nerves", "close"), about={"radical_prostatectomy": SHOWN}
    ),
    "hormone_therapy_caution.pdq_48": AlertRule(
        lambda c: c.bone() or c.bone_thinning(), about={"hormone_therapy": SHOWN}
    ),
}

RULES: Final = Rules(
    values=VALUES,
    statements=STATEMENTS,
    aims=AIMS,
    settings={},
    alerts=ALERTS,
    exclusions=EXCLUSIONS,
    bands=BANDS,
    unasked=OWN,
    applies={"felt_or_seen": Case.smallest, "growing": lambda c: c.had("surveillance")},
    case=Case,
)
