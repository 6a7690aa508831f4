"""Saved cases: every save changes the lines that say something else, and no comment is lost."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import answers, park, prostate, shipped, small
from wizard.case.answers import UNKNOWN, Answer, Answers
from wizard.case.files import Case, read_case
from wizard.case.log import Did, appended
from wizard.case.made import made_in, measures_of
from wizard.case.raw import parse_answer
from wizard.case.rewriting import NotRewrittenError, rewritten, saved_text
from wizard.case.transitions import AnswerError
from wizard.pathway.factors import ChoiceFactor, DerivedFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.model import Pathway
from wizard.record import replace

PATHWAY = small().pathway
AT = datetime(2026, 11, 27, 15, 41, 2, tzinfo=UTC)
BY_HAND = """\
# An oak at the gate.
pathway: park_trees   # ours

title: "An oak"
# told by telephone
answers:
  # the kind is certain
  kind: oak          # seen by two
  damage: [storm]
  # measured with a tape:
  height: 12.50      # in metres

# the end
"""


def saved(given_answers: Answers, pathway: Pathway = PATHWAY, title: str | None = "A tree") -> Case:
    return Case(
        given_answers,
        title,
        made=made_in(pathway),
        measures=measures_of(pathway, given_answers),
    )


def comments(text: str) -> list[str]:
    return sorted(re.findall("# .*", text))


def test_a_new_file_has_what_it_was_made_with() -> None:
    given_answers = answers(PATHWAY, {"kind": "oak", "height": "12.5", "damage": ["storm"]})
    log = appended((), Did.BEGUN, {"pathway": "park_trees", "answers": {}}, AT)
    case = replace(saved(given_answers), standing={"described": ["prune"]}, log=log)
    text = saved_text(case, PATHWAY)
    assert text == (
        "pathway: park_trees\n"
        'version: "2026.11"\n'
        f"digest: {PATHWAY.digest}\n"
        "measures:\n"
        "  height: {unit: m, min: 0, max: 60}\n"
        'title: "A tree"\n'
        "answers:\n"
        "  kind: oak\n"
        "  height: 12.5\n"
        "  damage: {storm: present, fungus: absent, insects: absent}\n"
        'standing: {"described": ["prune"]}\n'
        "log:\n"
        '  - {"at": "2026-11-27T15:41:02Z", "did": "begun", "what": '
        '{"pathway": "park_trees", "answers": {}}, "hash": '
        f'"{log[0].hash}"}}\n'
    )
    again = read_case(text, PATHWAY)
    assert again == case


def test_a_file_written_by_hand_keeps_its_lines() -> None:
    before = read_case(BY_HAND, PATHWAY)
    changed = before.answers.without("kind").with_answer("growth", parsed("growth", "fast"))
    text = rewritten(BY_HAND, before, saved(changed, title="An oak"), PATHWAY)
    assert text == BY_HAND.replace(
        "# ours\n",
        f'# ours\nversion: "2026.11"\ndigest: {PATHWAY.digest}\n'
        "measures:\n  height: {unit: m, min: 0, max: 60}\n",
    ).replace("  kind: oak          # seen by two\n", "  # seen by two\n").replace(
        "  damage: [storm]\n", "  damage: [storm]\n  growth: fast\n"
    )
    assert read_case(text, PATHWAY).answers == changed


def parsed(name: str, raw: object) -> Answer:
    return parse_answer(PATHWAY.factors[name], raw)


@pytest.mark.parametrize("text", ["{answers: {kind: oak}}", '{"answers": {"kind": "oak"}}'])
def test_what_has_no_lines_of_its_own_is_not_rewritten(text: str) -> None:
    before = read_case(text, PATHWAY)
    with pytest.raises(NotRewrittenError):
        rewritten(text, before, saved(before.answers), PATHWAY)


@pytest.mark.parametrize(
    "text",
    [
        "answers: {}\n",
        "answers: {kind: oak}  # short\n",
        "answers:\n  kind:\n  height: 3 # tall\n",
        "title: >\n  An\n  oak\nanswers:\n    kind: oak\n",
        "  answers:\n    kind: oak\n",
        "---\nanswers:\n  kind: [oak,\n    pine]  # one\n...\n",
        '"answers":\n  "kind": "oak"\nvignette: |\n  one\n  # not a comment\n',
        "log: []\nanswers: {kind: oak}",
        "answers:\n  kind: oak\n  # last\n",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_layout_of_a_hand_takes_every_change(text: str, end: str) -> None:
    text = text.replace("\n", end)
    for raw in ({}, {"kind": "pine"}, {"kind": "oak", "damage": {"storm": "absent"}}):
        case = saved(answers(PATHWAY, dict(raw)))
        found = rewritten(text, read_case(text, PATHWAY), case, PATHWAY)
        again = read_case(found, PATHWAY)
        assert (again.answers, again.title, again.made) == (case.answers, case.title, case.made)
        hidden = "# not a comment" in text
        assert comments(found) == comments(text) or hidden
        assert ("\r\n" in found) == (end == "\r\n" and end in text)
        assert rewritten(found, again, case, PATHWAY) == found


def raw_answers(factor: Factor) -> st.SearchStrategy[object]:
    match factor:
        case DerivedFactor(may_be_answered=False):
            return st.just("unknown")
        case ChoiceFactor():
            return st.lists(st.sampled_from(list(factor.values)), min_size=1, unique=True)
        case MultiFactor():
            states = st.sampled_from(["present", "absent", "unknown"])
            return st.dictionaries(st.sampled_from(list(factor.members)), states)
        case NumberFactor():
            return st.integers(int(factor.minimum) + 1, int(factor.maximum)).map(str)


def some_answers(pathway: Pathway) -> st.SearchStrategy[Answers]:
    def parsed_or_unknown(factor: Factor, raw: object) -> Answer:
        try:
            return parse_answer(factor, raw)
        except AnswerError:
            return UNKNOWN

    factors = pathway.factors
    raw = {name: raw_answers(each) for name, each in factors.items()}
    return st.fixed_dictionaries({}, optional=raw).map(
        lambda given_raw: Answers.in_order(
            {name: parsed_or_unknown(factors[name], value) for name, value in given_raw.items()},
            factors,
        )
    )


TITLES = st.sampled_from([None, "A tree", "Another: #1", 'With "quotes"', "Kiefer é 🌲"])
REMARKS = st.lists(st.integers(0, 30), unique=True, max_size=6)


def remarked(text: str, places: list[int], number: Iterator[int]) -> str:
    """The text with a remark behind or above some of its lines."""
    lines = text.split("\n")[:-1]
    for place in sorted(places, reverse=True):
        at = place % len(lines)
        remark = f"# remark {next(number)}"
        if place % 2 and "log" not in lines[at] and not lines[at].lstrip().startswith(("#", "-")):
            lines[at] += f"  {remark}"
        else:
            indent = re.match(" *", lines[at])
            lines.insert(at, f"{indent[0] if indent else ''}{remark}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("pathway", [small().pathway, park().pathway, prostate().pathway])
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_comments_and_untouched_lines_survive_any_saves(
    pathway: Pathway, data: st.DataObject
) -> None:
    number = iter(range(1000))
    case = saved(data.draw(some_answers(pathway)), pathway, data.draw(TITLES))
    case = replace(case, log=appended((), Did.BEGUN, {"answers": {}}, AT))
    text = saved_text(case, pathway)
    for _ in range(data.draw(st.integers(1, 4))):
        text = remarked(text, data.draw(REMARKS), number)
        before = read_case(text, pathway)
        after = saved(data.draw(some_answers(pathway)), pathway, data.draw(TITLES))
        log = appended(before.log, Did.SAVED, {"standing": "x"}, AT)
        after = replace(after, log=log, standing={"possible": data.draw(st.integers(0, 2))})
        found = rewritten(text, before, after, pathway)
        again = read_case(found, pathway)
        assert replace(again, closed_lists=()) == after
        assert comments(found) == comments(text)
        kept = [line for line in text.split("\n") if unchanged(line, before, after)]
        assert [line for line in found.split("\n") if line in kept] == kept
        text = found


def unchanged(line: str, before: Case, after: Case) -> bool:
    """Whether a line is about an answer that is the same in both cases."""
    name = line.strip().partition(":")[0]
    same = name in before.answers and before.answers.get(name) == after.answers.get(name)
    return same and line.startswith("  ") and "unit:" not in line


def test_the_shipped_pathway_writes_cases_that_read_the_same() -> None:
    pathway = shipped().pathway
    given_answers = answers(pathway, {"tumour_type": "net", "spread_sites": {"liver": "present"}})
    case = saved(given_answers, pathway)
    assert read_case(saved_text(case, pathway), pathway) == case
