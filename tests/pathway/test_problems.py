"""What a message suggests: the nearest name, and never the opposite of what was typed."""

import pytest

from wizard.pathway.problems import listed, nearest, opposed

OPPOSITES = [
    ("cant_remove", "can_remove"),
    ("can't remove", "can_remove"),
    ("cantremove", "can_remove"),
    ("cannot_remove", "can_remove"),
    ("unresectable", "resectable"),
    ("inoperable", "operable"),
    ("not_spread", "spread"),
    ("notspread", "spread"),
    ("no_surgery", "surgery"),
    ("non-functioning", "functioning"),
    ("nonfunctioning", "functioning"),
    ("with_symptoms", "without_symptoms"),
    ("advanced_spread", "advanced_not_spread"),
]


@pytest.mark.parametrize(("one", "other"), OPPOSITES)
def test_opposites_are_never_suggested_either_way(one: str, other: str) -> None:
    assert opposed(one, other)
    assert opposed(other, one)
    assert nearest(one, [other]) is None
    assert nearest(other, [one]) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cant_remove", "cannot_remove"),
        ("canot_remove", "cannot_remove"),
        ("can_remov", "can_remove"),
        ("inbetween", "in_between"),
        ("in_betwen", "in_between"),
        ("NET", "net"),
        ("Tumour type", "tumour_type"),
        ("small-intestine", "small_intestine"),
        ("notdescribed", "not_described"),
        ("unspread", "not_spread"),
        ("interferone", "interferon"),
        ("nodez", "nodes"),
    ],
)
def test_what_was_meant_is_suggested(typed: str, meant: str) -> None:
    known = [
        *("can_remove", "cannot_remove", "in_between", "net", "nec", "tumour_type", "interferon"),
        *("small_intestine", "not_described", "described", "not_spread", "spread", "nodes"),
    ]
    assert nearest(typed, known) == meant


def test_nothing_is_suggested_for_what_looks_like_nothing() -> None:
    assert nearest("", ["net"]) is None
    assert nearest("?!", ["net"]) is None
    assert nearest("x" * 100_000, ["net"]) is None


def test_a_list_is_cut_and_begins_with_what_looks_like_it() -> None:
    names = [f"name_{number}" for number in range(30)] + ["site", "no_site"]
    assert listed(names, near="sitee") == (
        "site, name_0, name_1, name_2, name_3, name_4, name_5, name_6, name_7, name_8 and 22 more"
    )
    assert listed(["no_site", "site", "size"], near="sitee") == "site, size, no_site"
    assert listed(["b", "a"]) == "b, a"
