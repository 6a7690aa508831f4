"""What a regression case expects, read from its file."""

import pytest

from tests.small import small
from wizard.case.files import CaseErrors, read_case

PATHWAY = small().pathway


def with_expectation(text: str) -> str:
    lines = "\n".join(f"  {line}" for line in text.splitlines())
    return f"answers: {{}}\nexpect:\n{lines}\n"


GOOD = """\
described: [spray]
possible:
  prune: [kind, damage]
  fell: [near]
not_described: rest
alerts: [falling]
checks: []
aims: {prune: [keep_tree]}
usual_settings: {prune: met}
"""


def test_an_expectation_is_read_whole() -> None:
    expect = read_case(with_expectation(GOOD), PATHWAY).expect
    assert expect is not None
    assert expect.described == {"spray"}
    assert expect.possible == {"prune": {"kind", "damage"}, "fell": {"near"}}
    assert expect.not_described == {"watch"}
    assert expect.alerts == {"falling"}
    assert expect.checks == frozenset()
    assert expect.aims == {"prune": {"keep_tree"}}
    assert expect.usual_settings == {"prune": "met"}
    assert expect.parked is None


def test_a_list_says_the_same_as_the_rest() -> None:
    listed = GOOD.replace("rest", "[watch]")
    one, other = (read_case(with_expectation(text), PATHWAY).expect for text in (GOOD, listed))
    assert one == other


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "described: [spray]\n",
            "",
            '3:3: expect: described is missing; write "described: []" where there are none',
        ),
        ("[spray]", "[spary]", '3:15: "spary" is not an option; one of spray, watch, prune, fell'),
        ("[spray]", "[spray, spray]", '3:22: "spray" stands here twice'),
        ("[spray]", "spray", "3:14: described: a list in [ ] was expected"),
        ("[spray]", "[[spray]]", "3:15: described: a name was expected"),
        ("[spray]", "[spray, fell]", "expect: fell stands in more than one of the three lists"),
        ("rest", "[]", "expect: watch stands in none of the three lists"),
        ("[kind, damage]", "[knid]", "is not a factor; one of kind"),
        ("[falling]", "[faling]", '"faling" is not an alert; one of falling'),
        (
            "[keep_tree]",
            "[keep]",
            '"keep" is not an aim of prune; one of keep_tree, keep_people_away',
        ),
        ("prune: [keep_tree]", "watch: [keep]", '"keep" is not an aim of watch; there is none'),
        ("{prune: met}", "{prune: maybe}", '"maybe" is not a state of a usual setting'),
        ("{prune: met}", "{watch: met}", '"watch" has no usual setting'),
        ("checks: []", "checks: []\nnotes: x", '"notes" is not a part of an expectation'),
        (GOOD, "rest", "expect: a map of keys to values was expected"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, message: str) -> None:
    text = with_expectation(GOOD.replace(old, new))
    if old == GOOD:
        text = "answers: {}\nexpect: rest\n"
    with pytest.raises(CaseErrors) as caught:
        read_case(text, PATHWAY, "case.yaml")
    assert message in str(caught.value)
    assert all(line.startswith("case.yaml:") for line in str(caught.value).splitlines())
