"""What the shipped pathway must say, beyond what its check and its cases hold."""

import re
from pathlib import Path

import pytest

from wizard.pathway.factors import named_values
from wizard.pathway.load import load_pathway, shipped_folder

PATHWAY = load_pathway()
ROOT = Path(__file__).parents[2]
SUPPORT = {"active_surveillance", "syndrome_self_care", "clinical_trial"}


def words_of_card(option: str) -> str:
    return " ".join(note.says for note in PATHWAY.options[option].notes)


def test_every_claim_of_the_documents_has_a_place_or_a_reason() -> None:
    assert len(PATHWAY.claims) == 266
    used = {
        claim
        for option in PATHWAY.options.values()
        for row in option.card.values()
        for claim in row
    }
    for option in PATHWAY.options.values():
        used.update(claim for note in option.notes for claim in note.claims)
        used.update(claim for s in option.statements.values() for claim in s.claims)
        aims = [*option.aims, *(a for s in option.statements.values() for a in s.aims)]
        used.update(claim for aim in aims for claim in aim.claims)
        used.update(option.usual_setting.claims if option.usual_setting else ())
    for factor in PATHWAY.factors.values():
        used.update(factor.claims, *(value.claims for value in named_values(factor).values()))
    for shared in PATHWAY.shared.values():
        used.update(shared.claims)
    for alert in PATHWAY.alerts.values():
        used.update(alert.claims)
    for term in PATHWAY.glossary.values():
        used.update(term.claims)
    for source in PATHWAY.sources.values():
        used.update(source.card, source.leaves_out)
    assert used | PATHWAY.not_surfaced.keys() == PATHWAY.claims.keys()


def test_the_order_of_options_is_the_neutral_one() -> None:
    assert list(PATHWAY.options)[:4] == [
        "active_surveillance",
        "surgery",
        "somatostatin_analogue",
        "chemotherapy",
    ]
    assert len(PATHWAY.options) == 18
    assert len(PATHWAY.factors) == 13


def test_functional_status_is_never_performance_status() -> None:
    hormones = PATHWAY.factors["hormones"]
    assert "hormones" in hormones.label
    assert "performance status" in hormones.help


def test_growth_rate_is_no_grade() -> None:
    assert "Not a grade" in PATHWAY.factors["growth_rate"].help
    assert any("Growth rate is not a grade" in limit for limit in PATHWAY.limits)


def test_size_is_recorded_and_ties_to_no_option() -> None:
    assert PATHWAY.factors["tumour_size"].record_only


@pytest.mark.parametrize("option", [o for o in PATHWAY.options if o not in SUPPORT])
def test_no_card_reads_as_harmless(option: str) -> None:
    words = words_of_card(option)
    if option == "interferon":
        assert "A longer list does not mean a riskier option" in words
    else:
        assert re.search(r"five documents list no (specific )?side effects", words)


def test_figures_stand_beside_a_line_that_they_are_no_forecast() -> None:
    for option in PATHWAY.options.values():
        if option.card.get("effect") and any(
            PATHWAY.claims[claim].kind == "effect-figure" for claim in option.card["effect"]
        ):
            notes = [note.says for note in option.notes if note.row == "effect"]
            assert any("no forecast" in says for says in notes), option.id
    assert any("no forecast" in limit for limit in PATHWAY.limits)


def test_the_crisis_is_the_one_emergency_and_names_no_treatment() -> None:
    emergencies = [a for a in PATHWAY.alerts.values() if a.level == "emergency"]
    assert [alert.id for alert in emergencies] == ["carcinoid_crisis"]
    assert "do not say how a crisis is prevented or treated" in emergencies[0].says.replace(
        "\n", " "
    )
    check = emergencies[0].check
    assert check is not None
    assert not check.options  # a biopsy is a trigger too, whatever is said of surgery


def test_cautions_carry_their_verb_and_what_they_are_stated_for() -> None:
    cautions = [a for a in PATHWAY.alerts.values() if a.id.startswith("interferon_caution.")]
    assert len(cautions) == 34
    for alert in cautions:
        for claim in alert.claims:
            assert PATHWAY.claims[claim].action, claim
            assert PATHWAY.claims[claim].stated_for, claim
    assert PATHWAY.claims["ICQ-23"].stated_for == PATHWAY.claims["ICQ-27"].stated_for == "beta"
    assert PATHWAY.claims["ICQ-83"].stated_for == "interferons"
    assert PATHWAY.claims["ICQ-65"].stated_for == "antiviral"


def test_cautions_are_listed_by_what_the_document_says_to_do_then_as_asked() -> None:
    actions = [
        "avoid_interferon",
        "avoid_alcohol",
        "avoid_or_caution",
        "discontinue",
        "caution",
        "monitor",
        "tell_doctor",
        "may_cause",
        "listed_interaction",
    ]
    asked = [
        *named_values(PATHWAY.factors["general_health"]),
        *named_values(PATHWAY.factors["medicines"]),
    ]
    order = []
    for alert in PATHWAY.alerts.values():
        name, _, value = alert.id.partition(".")
        if name == "interferon_caution":
            ranks = [actions.index(PATHWAY.claims[claim].action or "") for claim in alert.claims]
            assert ranks == sorted(ranks), alert.id
            order.append((ranks[0], asked.index(value)))
    assert order == sorted(order)


def test_nobody_is_said_to_have_reviewed_it() -> None:
    assert PATHWAY.reviewed is None


def test_every_test_that_holds_a_hazard_exists() -> None:
    folder = shipped_folder()
    assert [f"H{n:02}" for n in range(1, 21)] == list(PATHWAY.hazards)
    for hazard in PATHWAY.hazards.values():
        assert hazard.tests or hazard.planned, hazard.id
        for test in hazard.tests:
            if test.startswith("cases/"):
                assert (folder / test).is_file(), test
            else:
                path, name = test.split("::")
                assert re.search(
                    rf"^(async )?def {name}\(", (ROOT / path).read_text(), re.MULTILINE
                ), test
