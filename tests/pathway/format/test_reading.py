"""What a right pathway reads as."""

from decimal import Decimal
from pathlib import Path

from tests.pathway.overlays import SMALL, copied, edited, said
from wizard.pathway.factors import NumberFactor, named_values
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import AlertLevel, Status
from wizard.pathway.owned_rules import uses
from wizard.pathway.position import Position
from wizard.pathway.trees import (
    AnyOf,
    Ask,
    AtLeast,
    NonePresent,
    OneOf,
    Range,
    Requirement,
    Rest,
    every_test,
)

PARK = read_pathway(SMALL)


def test_nothing_is_wrong_with_it(tmp_path: Path) -> None:
    assert said(copied(tmp_path)) == []


def test_everything_keeps_the_order_of_the_pathway() -> None:
    assert list(PARK.factors) == [
        "kind",
        "height",
        "planted",
        "damage",
        "fungus_parts",
        "growth",
        "near",
    ]
    assert list(PARK.options) == ["watch", "prune", "fell", "spray"]
    assert [option.group for option in PARK.options.values()] == [
        "looking",
        "cutting",
        "cutting",
        "treating",
    ]
    assert list(PARK.alerts) == [
        "falling",
        "leaflets_differ",
        "prune_caution.insects",
        "prune_caution.fungus",
        "prune_caution.pine",
    ]
    assert PARK.steps[0].factors == ("kind", "height", "planted")


def test_scalars_stay_text_and_numbers_are_decimals() -> None:
    height = PARK.factors["height"]
    assert isinstance(height, NumberFactor)
    assert (PARK.version, PARK.old_after_years) == ("2026.11", 5)
    assert (height.minimum, height.maximum, height.unit) == (Decimal(0), Decimal(60), "m")
    assert type(PARK.title) is str
    assert all(type(claim) is str for claim in PARK.claims)


def test_records_know_their_place() -> None:
    assert PARK.factors["height"].position == Position("factors.yaml", 14, 1)
    assert PARK.claims["LFT-04"].position == Position("claims/LFT.yaml", 6, 3)
    assert PARK.options["watch"].statements["slow_growth"].position == Position(
        "options/watch.yaml", 6, 3
    )


def test_a_condition_is_the_expression_that_it_is() -> None:
    rule = PARK.options["watch"].statements["slow_growth"].rule
    growth, damage = Position("options/watch.yaml", 8, 12), Position("options/watch.yaml", 8, 26)
    start = Position("options/watch.yaml", 8, 11)
    needs = (
        Requirement("growth", (OneOf(("slow",)),), negated=False, position=growth),
        Requirement("damage", (NonePresent(),), negated=False, position=damage),
    )
    assert rule.tree == AtLeast(2, needs, start)


def test_a_written_tree_keeps_its_shape() -> None:
    tree = PARK.options["prune"].statements["broken_branches"].rule.tree
    assert isinstance(tree, Ask)
    assert [branch.test for branch in tree.branches] == [
        OneOf(("oak", "beech", "birch")),
        OneOf(("pine",)),
    ]
    assert [branch.otherwise for branch in tree.branches] == [False, True]
    damage = tree.branches[0].tree
    assert isinstance(damage, Ask)
    assert [branch.test for branch in damage.branches] == [AnyOf(("storm",)), Rest()]
    height = damage.branches[1].tree
    assert isinstance(height, Ask)
    assert [branch.test for branch in height.branches] == [
        Range(None, Decimal(20)),
        Range(Decimal(20), Decimal(40)),
        Range(Decimal(40), None),
    ]


def test_a_usual_setting_by_name_takes_label_and_claims_of_the_tree() -> None:
    setting = PARK.options["prune"].usual_setting
    assert setting is not None
    assert (setting.label, setting.claims) == ("A place with people", ("LFT-02",))
    assert uses(setting.rule) == {"risky_place"}


def test_a_caution_becomes_an_alert_about_its_option() -> None:
    alert = PARK.alerts["prune_caution.fungus"]
    assert (alert.level, alert.title, alert.says) == (AlertLevel.CAUTION, "Prune: Fungus", "")
    assert alert.claims == ("HBK-03",)
    assert alert.about == {"prune": (Status.DESCRIBED, Status.POSSIBLE)}
    assert isinstance(alert.when.tree, AtLeast)


def test_null_is_none_where_nothing_may_be_known() -> None:
    leaflet = PARK.sources["LFT"]
    assert (leaflet.publisher, leaflet.date, leaflet.sponsor) == (None, None, None)
    assert PARK.reviewed is None


def test_a_quoted_null_is_text(tmp_path: Path) -> None:
    folder = edited(copied(tmp_path), "sources.yaml", "publisher: null", 'publisher: "null"')
    assert read_pathway(folder).sources["LFT"].publisher == "null"


def test_words_that_look_like_other_things_stay_text(tmp_path: Path) -> None:
    folder = edited(copied(tmp_path), "factors.yaml", "label: Birch", "label: yes")
    edited(folder, "factors.yaml", "label: Pine", "label: 010")
    edited(folder, "factors.yaml", "label: Beech", "label: 1:30")
    values = named_values(read_pathway(folder).factors["kind"])
    assert [values[name].label for name in ("birch", "pine", "beech")] == ["yes", "010", "1:30"]


def test_comments_that_cut_nothing_are_allowed(tmp_path: Path) -> None:
    folder = edited(copied(tmp_path), "options/watch.yaml", "label: Watch\n", "label: Watch  # a\n")
    edited(folder, "options/watch.yaml", "option: watch", "option: watch # an id")
    edited(folder, "options/watch.yaml", "works: [HBK-05]", "works: [HBK-05] # a list")
    edited(folder, "options/watch.yaml", "    claims: [", "    # a line of its own\n    claims: [")
    assert said(folder) == []


def test_a_check_may_ask_conditions_beside_statuses(tmp_path: Path) -> None:
    folder = edited(
        copied(tmp_path),
        "alerts.yaml",
        "check: {prune: described or possible}",
        "check: {prune: possible, certain: {kind: [oak, beech]}, possible: {use: risky_place}}",
    )
    check = read_pathway(folder).alerts["falling"].check
    assert check is not None
    assert check.options == {"prune": (Status.POSSIBLE,)}
    assert check.certain is not None
    assert [test for _, test, _ in every_test(check.certain.tree)] == [OneOf(("oak", "beech"))]
    assert check.possible is not None
    assert uses(check.possible) == {"risky_place"}
