"""Which documents have a claim on an option, and what is no difference between them."""

from dataclasses import replace

import pytest

from tests.reasoning.records import HERE, a_choice, a_multi, an_option, branch, leaf, pathway, rule
from wizard.case.answers import NO_ANSWERS
from wizard.engine.compiling import compile_pathway
from wizard.pathway.model import (
    Aim,
    Alert,
    AlertLevel,
    Note,
    Option,
    Pathway,
    Statement,
    Status,
    UsualSetting,
)
from wizard.pathway.sources import Claim
from wizard.pathway.trees import AnyOf, Ask, Rest
from wizard.reasoning.agreement import Stand, agreement, claiming
from wizard.reasoning.assessing import assess

ALWAYS = rule(leaf(True))
STATEMENT = Statement(
    id="s", source="OWN", claims=(), rule=ALWAYS, aims=(), assumes=(), position=HERE
)
BARE = an_option({"s": STATEMENT})


def claim(name: str) -> Claim:
    """A claim of the document that has the first part of its name."""
    source = name.split("-", maxsplit=1)[0]
    return Claim(
        id=name,
        source=source,
        says="",
        section="",
        lines="",
        anchor="",
        kind="",
        strength="",
        action=None,
        stated_for=None,
        position=HERE,
    )


def aim(*claims: str) -> Aim:
    return Aim(id="relief", label="relief", claims=claims, when=None, assumes=(), position=HERE)


def alert(name: str, level: AlertLevel, about: str, *claims: str) -> Alert:
    options = {about: (Status.DESCRIBED,)}
    return Alert(
        id=name,
        level=level,
        title="",
        says="",
        claims=claims,
        when=ALWAYS,
        unless=None,
        about=options,
        check=None,
        assumes=(),
        position=HERE,
    )


def within(option: Option, *alerts: Alert) -> Pathway:
    factors = {"f": a_choice("f", ["a", "b"])}
    made = pathway(factors, {"o": option}, {each.id: each for each in alerts}, {})
    return replace(made, claims={name: claim(name) for name in ("ONE-1", "ONE-2", "TWO-1")})


PLACES = {
    "the card": replace(BARE, card={"harms": ("TWO-1",)}),
    "a note": replace(BARE, notes=(Note(says="", row=None, claims=("TWO-1",)),)),
    "a statement": replace(BARE, statements={"s": replace(STATEMENT, claims=("TWO-1",))}),
    "an aim": replace(BARE, aims=(aim("TWO-1"),)),
    "an aim of a statement": replace(
        BARE, statements={"s": replace(STATEMENT, aims=(aim("TWO-1"),))}
    ),
    "the usual setting": replace(
        BARE,
        usual_setting=UsualSetting(
            label="", claims=("TWO-1",), rule=ALWAYS, assumes=(), position=HERE
        ),
    ),
}


@pytest.mark.parametrize("option", PLACES.values(), ids=PLACES)
def test_a_claim_in_any_part_of_an_option_counts(option: Option) -> None:
    assert claiming(within(option), option) == {"TWO"}


def test_each_document_is_named_once_for_all_of_its_claims() -> None:
    option = replace(BARE, card={"harms": ("ONE-1", "TWO-1"), "dose": ("ONE-2",)})
    assert claiming(within(option), option) == {"ONE", "TWO"}
    assert claiming(within(BARE), BARE) == frozenset()


@pytest.mark.parametrize(
    ("name", "level", "about", "counts"),
    [
        ("o_caution.old", AlertLevel.CAUTION, "o", True),
        ("o_caution.old", AlertLevel.CAUTION, "other", True),
        ("other_caution.old", AlertLevel.CAUTION, "o", False),
        ("doubt", AlertLevel.SOURCES_DIFFER, "o", True),
        ("doubt", AlertLevel.SOURCES_DIFFER, "other", False),
        ("doubt", AlertLevel.GAP, "o", False),
    ],
)
def test_of_alerts_the_cautions_and_the_differences_about_the_option_count(
    name: str, level: AlertLevel, about: str, counts: bool
) -> None:
    made = within(BARE, alert(name, level, about, "TWO-1"))
    assert claiming(made, BARE) == ({"TWO"} if counts else frozenset())


def test_an_empty_answer_where_a_member_is_needed_is_no_case_in_which_documents_differ() -> None:
    signs = a_multi("signs", ["pain", "cough"], at_least=1)
    some = rule(
        Ask(
            "signs",
            (branch(AnyOf(("pain", "cough")), leaf(True)), branch(Rest(), leaf(False))),
            HERE,
        )
    )
    own = replace(STATEMENT, rule=some)
    option = replace(BARE, statements={"s": own, "t": replace(STATEMENT, id="t", source="ALL")})
    compiled = compile_pathway(pathway({"signs": signs}, {"o": option}, {}, {}))
    found = agreement(compiled, NO_ANSWERS, assess(compiled, NO_ANSWERS))["o"]
    assert found.stands == {"OWN": Stand.MATCHES, "ALL": Stand.MATCHES}
    assert found.differ is Status.NOT_DESCRIBED
