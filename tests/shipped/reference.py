"""The rules of the shipped pathway a second time, written from the documents, not its trees."""

from collections.abc import Mapping
from typing import Final

from tests.second_reading import DESCRIBED, SHOWN, AlertRule, Rule, Rules, always
from tests.second_reading import Case as AnyCase

CHOICES: Final = {
    "tumour_type": ("net", "nec", "other"),
    "site": (
        "pancreas",
        "stomach",
        "small_intestine",
        "bowel",
        "digestive_other",
        "lung",
        "elsewhere",
    ),
    "extent": ("not_spread", "advanced_not_spread", "spread"),
    "growth_rate": ("very_slow", "in_between", "fast"),
    "hormones": ("functioning", "non_functioning"),
    "surgery_feasible": ("can_remove", "cannot_remove", "no_surgery", "removed"),
    "other_treatments": ("none_yet", "working", "not_working"),
}
PROBLEMS: Final = (
    "carcinoid_syndrome",
    "carcinoid_heart_disease",
    "hormone_symptoms",
    "bone_pain",
    "other",
)
HEALTH: Final = (
    "pregnancy",
    "breastfeeding",
    "allergy_history",
    "older_age",
    "child",
    "alcohol_use",
    "high_blood_pressure",
    "liver_disease",
    "autoimmune_hepatitis",
    "autoimmune_disease",
    "kidney_disease",
    "severe_kidney_disease",
    "anaemia",
    "diabetic_eye_disease",
    "cardiac_disease",
    "cns_disorder",
    "depression",
    "thyroid_abnormality",
    "colitis",
    "diabetes",
    "marrow_suppression",
    "peripheral_neuropathy",
    "lung_disease",
    "lung_symptoms",
)
MEDICINES: Final = (
    "barbiturates",
    "colchicine",
    "aldesleukin",
    "ciclosporin",
    "hydroxyurea",
    "telbivudine",
    "aminophylline",
    "live_vaccines",
    "immunomodulators",
    "immunosuppressants",
)


class Case(AnyCase):
    """A case with what several rules ask of it."""

    def any(self, factor: str, *members: str) -> bool:
        """Whether one of these members is present."""
        if factor == "spread_sites" and not self.one("extent", "spread"):
            return False
        return super().any(factor, *members)

    def net(self) -> bool:
        return self.one("tumour_type", "net")

    def nec(self) -> bool:
        return self.one("tumour_type", "nec")

    def any_problem(self) -> bool:
        return self.any("problems", *PROBLEMS)

    def any_change(self) -> bool:
        return self.any("progress", "growing", "spreading")

    def spread(self) -> bool:
        return self.one("extent", "spread")

    def advanced(self) -> bool:
        """Advanced as somatostatin analogues and ICS-37 have it: spread counts too (D10)."""
        return self.one("extent", "advanced_not_spread", "spread")

    def not_removable(self) -> bool:
        """Surgery cannot take it out, whether or not another operation could be done (INF-3)."""
        return self.one("surgery_feasible", "cannot_remove", "no_surgery")

    def operable(self) -> bool:
        return self.one("surgery_feasible", "can_remove", "cannot_remove")

    def carcinoid(self) -> bool:
        return self.any("problems", "carcinoid_syndrome", "carcinoid_heart_disease")


# --- statements ------------------------------------------------------------------------------


def surveillance(c: Case) -> bool:
    """ICS-12, ended by any of ICS-14 to ICS-16 (D1)."""
    very_slow = c.net() and c.one("growth_rate", "very_slow")
    return very_slow and not c.any_change() and not c.any_problem()


def relief_by_surgery(c: Case) -> bool:
    return c.net() and c.operable() and c.any_problem()


def targeted_setting(c: Case) -> bool:
    """CRT-17 or CRT-18."""
    return c.net() and (c.spread() or c.not_removable())


def narrow_targeted(c: Case) -> bool:
    """ICS-37: advanced, GI tract, lung or pancreas, inoperable, growing and spreading."""
    return (
        c.net()
        and not c.one("site", "elsewhere")
        and c.advanced()
        and c.not_removable()
        and c.any("progress", "growing")
        and c.any("progress", "spreading")
    )


def pancreatic_target(c: Case) -> bool:
    return targeted_setting(c) and c.one("site", "pancreas")


def other_target(c: Case) -> bool:
    """CRT-22: other NETs that begin in the digestive system or a lung."""
    return targeted_setting(c) and not c.one("site", "pancreas", "elsewhere")


def lung_nec(c: Case) -> bool:
    return c.nec() and c.one("site", "lung")


def spread_net(c: Case) -> bool:
    return c.net() and c.spread()


def liver_net(c: Case) -> bool:
    return c.net() and c.any("spread_sites", "liver")


def syndrome_net(c: Case) -> bool:
    return c.net() and c.any("problems", "carcinoid_syndrome")


def external_beam(c: Case) -> bool:
    """ICS-45, read as bone pain or a problem that is no hormone syndrome (D5)."""
    return c.net() and c.any("problems", "bone_pain", "other")


def functioning_net(c: Case) -> bool:
    return c.net() and c.one("hormones", "functioning")


def heart_disease_net(c: Case) -> bool:
    return c.net() and c.any("problems", "carcinoid_heart_disease")


def advanced_net(c: Case) -> bool:
    return c.net() and c.advanced()


STATEMENTS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "active_surveillance": {"very_slow_growth": surveillance},
    "surgery": {
        "main_treatment": lambda c: c.net() and c.one("surgery_feasible", "can_remove"),
        "symptom_relief": relief_by_surgery,
    },
    "somatostatin_analogue": {
        "hormone_output": functioning_net,
        "carcinoid_syndrome": syndrome_net,
        "carcinoid_heart_disease": heart_disease_net,
        "advanced_or_metastatic": advanced_net,
    },
    "chemotherapy": {
        "fast_growing_net": lambda c: c.net() and c.one("growth_rate", "fast"),
        "net_after_spread": spread_net,
        "fast_growing_nec": lambda c: c.nec() and c.one("growth_rate", "fast"),
        "nec_after_spread": lambda c: c.nec() and c.spread(),
        "lung_nec": lung_nec,
    },
    "targeted_therapy": {
        "after_spread": spread_net,
        "surgery_cannot_remove": lambda c: c.net() and c.not_removable(),
        "usual_use_after_spread": spread_net,
        "advanced_growing_and_spreading": narrow_targeted,
    },
    "sunitinib": {"pancreatic_net": pancreatic_target},
    "everolimus": {
        "pancreatic_net": pancreatic_target,
        "other_digestive_or_lung_net": other_target,
    },
    "atezolizumab": {
        "lung_nec": lung_nec,
        "lung_nec_with_chemotherapy": lung_nec,
        "some_types_of_lung_nec": lung_nec,
    },
    "durvalumab": {
        "lung_nec": lung_nec,
        "lung_nec_with_chemotherapy": lung_nec,
        "some_types_of_lung_nec": lung_nec,
    },
    "interferon": {"carcinoid_after_spread": spread_net},
    "radionuclide_therapy": {"after_spread": spread_net},
    "external_radiotherapy": {"symptoms": external_beam},
    "liver_embolisation": {"liver_spread": liver_net},
    "liver_chemoembolisation": {"liver_spread": liver_net},
    "liver_rfa": {"liver_spread": liver_net},
    "supportive_drugs": {"side_effects": always, "medicine_for_side_effects": always},
    "syndrome_self_care": {"avoiding_and_easing_symptoms": syndrome_net},
    "clinical_trial": {"asking_the_consultant": always, "drug_within_a_trial": always},
}


# --- aims and usual settings -----------------------------------------------------------------

AIMS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "surgery": {
        "cure": lambda c: c.net() and c.one("surgery_feasible", "can_remove") and not c.spread(),
        "symptom_relief": relief_by_surgery,
    },
    "somatostatin_analogue": {
        "hormone_control": functioning_net,
        "symptom_relief": syndrome_net,
        "heart_risk": lambda c: c.net() and (c.one("hormones", "functioning") or c.carcinoid()),
        "heart_control": heart_disease_net,
        "cancer_control": advanced_net,
    },
    "targeted_therapy": {"cancer_control": spread_net},
    "sunitinib": {"growth_control": always},
    "everolimus": {"growth_control": always},
    "interferon": {"symptom_relief": Case.any_problem, "growth_control": always},
    "external_radiotherapy": {"symptom_relief": external_beam},
    "liver_embolisation": {"liver_control": always},
    "liver_chemoembolisation": {"liver_control": always},
    "liver_rfa": {"liver_control": always},
    "supportive_drugs": {"side_effect_control": always},
    "syndrome_self_care": {"symptom_relief": syndrome_net},
}


def not_working(c: Case) -> bool:
    return c.one("other_treatments", "not_working")


SETTINGS: Final[Mapping[str, Rule]] = {
    "targeted_therapy": not_working,
    "sunitinib": not_working,
    "everolimus": not_working,
    "interferon": not_working,
    "liver_embolisation": Case.not_removable,
    "liver_chemoembolisation": Case.not_removable,
    "liver_rfa": Case.not_removable,
}


# --- alerts ----------------------------------------------------------------------------------

ALERTS: Final[Mapping[str, AlertRule]] = {
    "carcinoid_crisis": AlertRule(Case.carcinoid, check=True, check_possible=Case.net),
    "tell_doctors": AlertRule(Case.net, unless=Case.carcinoid),
    "surveillance_trigger": AlertRule(
        lambda c: c.one("growth_rate", "very_slow") and (c.any_change() or c.any_problem()),
        unless=lambda c: not c.net(),
    ),
    "surveillance_vs_early_removal": AlertRule(
        lambda c: c.net() and c.one("growth_rate", "very_slow") and c.one("extent", "not_spread"),
        about={"active_surveillance": SHOWN},
    ),
    "removed_gap": AlertRule(lambda c: c.one("surgery_feasible", "removed")),
    "removed_mismatch": AlertRule(
        lambda c: c.one("surgery_feasible", "removed") and c.advanced(),
    ),
    "hormone_types_gap": AlertRule(
        functioning_net,
        unless=lambda c: c.advanced() or c.carcinoid(),
        about={"somatostatin_analogue": DESCRIBED},
    ),
    "targeted_source_difference": AlertRule(
        always, unless=narrow_targeted, about={"targeted_therapy": DESCRIBED}
    ),
    "carcinoid_wording": AlertRule(
        lambda c: c.one("site", "pancreas"), about={"interferon": SHOWN}
    ),
    "nec_gap": AlertRule(lambda c: c.nec() and not c.one("site", "lung")),
    "nec_wording": AlertRule(
        lambda c: c.nec() and (c.one("growth_rate", "fast") or c.spread()),
        unless=lambda c: c.one("site", "lung"),
    ),
    "lung_nec_scope": AlertRule(lung_nec),
    "immuno_subtype": AlertRule(
        lung_nec, about={"atezolizumab": DESCRIBED, "durvalumab": DESCRIBED}
    ),
    "fast_net_wording": AlertRule(lambda c: c.net() and c.one("growth_rate", "fast")),
    "syndrome_outside_description": AlertRule(
        lambda c: (
            c.any("problems", "carcinoid_syndrome")
            and (c.one("site", "pancreas", "lung", "elsewhere") or not c.spread())
        )
    ),
    "hormone_mismatch": AlertRule(
        lambda c: (
            c.one("hormones", "non_functioning")
            and (c.carcinoid() or c.any("problems", "hormone_symptoms"))
        )
    ),
    "type_gap": AlertRule(lambda c: c.one("tumour_type", "other")),
    "spread_mismatch": AlertRule(
        lambda c: c.any("progress", "spreading") and not c.spread(),
        check=True,
        check_certain=lambda c: c.any("progress", "spreading"),
    ),
    **{
        f"interferon_caution.{member}": AlertRule(
            lambda c, factor=factor, member=member: c.any(factor, member),  # type: ignore[misc]  # typed by use
            about={"interferon": SHOWN},
        )
        for factor, members in (("general_health", HEALTH), ("medicines", MEDICINES))
        for member in members
    },
}

RULES: Final = Rules(
    values=CHOICES,
    statements=STATEMENTS,
    aims=AIMS,
    settings=SETTINGS,
    alerts=ALERTS,
    needed={"spread_sites": ("liver", "elsewhere")},
    case=Case,
)
