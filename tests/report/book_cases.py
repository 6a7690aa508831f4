"""Random partial cases with all that the wizard says of them, to hold the page's engine to it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.pathway.hospital_copy import hospital
from tests.reasoning.pathways import answerable
from tests.small import SMALL, TODAY, park, prostate, shipped, small
from wizard.case.answers import Answer, Answers
from wizard.case.raw import parse_answer
from wizard.case.transitions import AnswerError
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.factors import NOT_DONE, ChoiceFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Option
from wizard.pathway.owned_rules import RuleKey, RuleKind
from wizard.pathway.ranges import split_bound
from wizard.reasoning.assessment import Reason
from wizard.reasoning.situation import Situation, situation
from wizard.report.as_json import alerts_data, cited_data
from wizard.report.book import exporting
from wizard.report.moment import Moment
from wizard.wording.citing import aim_places
from wizard.wording.walk import next_question, question_state

MOMENT = Moment(datetime(2026, 11, 27, 12, tzinfo=UTC), TODAY)
ENGINE = Path(exporting.__file__).with_name("engine.js")
COMPARING = Path(__file__).with_name("comparing.js")
"""Finds in what the engine says of a case otherwise than the wizard."""


@cache
def stones() -> Compiled:
    """The pathway that the tutorial comes to."""
    return compile_pathway(read_pathway(SMALL.with_name("stones")))


@cache
def overlay(folder: Path) -> Compiled:
    """The overlay of a hospital on the shipped pathway."""
    return compile_pathway(read_pathway(hospital(folder)))


def compiled_named(name: str, folder: Path) -> Compiled:
    """A pathway of the tests by its name; `folder` is for the copy of one that needs it."""
    known = {
        "shipped": shipped,
        "small": small,
        "prostate": prostate,
        "park": park,
        "stones": stones,
    }
    return overlay(folder) if name == "hospital" else known[name]()


SIGNS = ("<", "<=", ">", ">=", "< ", "≤", "≥")
NAMES = ("shipped", "small", "prostate", "park", "stones", "hospital")


def cases(compiled: Compiled, seeds: range) -> Iterator[dict[str, Any]]:
    """Answers as a case file has them, and what the wizard says of them."""
    for seed in seeds:
        random = Random(seed)
        given = {
            factor.id: raw
            for factor in compiled.pathway.factors.values()
            if answerable(factor) and random.random() < 0.5
            for raw in (random_raw(random, factor, compiled.space.cuts.get(factor.id, ())),)
        }
        answers = Answers({name: parsed(compiled, name, raw) for name, raw in given.items()})
        yield {"answers": given, "told": told(situation(compiled, answers, TODAY))}


def parsed(compiled: Compiled, factor: str, raw: Any) -> Answer:
    """An answer as a case file would have it read."""
    return parse_answer(compiled.pathway.factors[factor], raw)


def random_raw(random: Random, factor: Factor, cuts: Sequence[Decimal]) -> Any:
    """An answer to a factor in any form that a case file may have it in."""
    if random.random() < 0.15:
        return None
    if factor.not_done and random.random() < 0.2:
        return NOT_DONE
    match factor:
        case NumberFactor():
            return _number(random, factor, cuts)
        case MultiFactor():
            return _members(random, factor)
        case ChoiceFactor():
            names = [*factor.values, *factor.groups]
            if random.random() < 0.5:
                return random.choice(names)
            return random.sample(names, random.randint(1, max(1, len(names) - 1)))


def _members(random: Random, factor: MultiFactor) -> Any:
    least = factor.at_least
    members = list(factor.members)
    form = random.random()
    if form < 0.3 or (form < 0.5 and least):
        return random.sample(members, random.randint(least, len(members)))
    if form < 0.5:
        return random.choice(["none", []])
    said = {member: random.choice(["present", "absent", "unknown"]) for member in members}
    if least and set(said.values()) == {"absent"}:
        said[members[0]] = "present"
    return said


def _number(random: Random, factor: NumberFactor, cuts: Sequence[Decimal]) -> Any:
    """A number or a range at, or beside, the bounds that rules compare it with."""
    bounds = [split_bound(cut)[0] for cut in cuts if cut.is_finite()]
    step = Decimal(1) if factor.whole else Decimal("0.1")
    around = [each + by for each in bounds for by in (-step, 0, step)]
    inside = [each for each in around if factor.minimum <= each <= factor.maximum]
    points = [*inside, factor.minimum, factor.maximum]

    def part() -> str:
        one, other = sorted(random.choices(points, k=2))
        return random.choice([f"{one}", *(f"{s}{one}" for s in SIGNS), f"{one}-{other}"])

    raw = random.choice([part(), f"{part()}, {part()}", [part(), part()], [part(), NOT_DONE]])
    try:
        parse_answer(factor, raw)
    except AnswerError:
        return str(random.choice(points))
    return raw


def told(now: Situation) -> dict[str, Any]:
    """Everything that the page shows of a case."""
    assessed, explained = now.assessment, now.explained
    options = [_option(now, option) for option in now.pathway.options.values()]
    factors = now.pathway.factors.values()
    question = next_question(now)
    assessed = now.assessment
    return {
        "options": options,
        "alerts": [
            {key: each[key] for key in ("id", "state", "claims", "claims_possible")}
            for each in alerts_data(now.pathway, assessed)
        ],
        "open_checks": {name: list(each.depends_on) for name, each in explained.checks.items()},
        "parked": list(assessed.parked),
        "next": [
            {"factor": each.factor, "changes": [change.value for change in each.changes]}
            for each in assessed.next
        ],
        "waiting": list(assessed.waiting),
        "derived": {name: list(left) for name, left in assessed.derived.items()},
        "states": {each.id: question_state(now, each).value for each in factors},
        "question": None if question is None else question.id,
    }


def _option(now: Situation, option: Option) -> dict[str, Any]:
    """What is said of an option, each sentence with its claims and why it stands as it does."""
    own, assessed, explained = option.id, now.assessment, now.explained.options[option.id]

    def cited(*places: tuple[RuleKey, tuple[str, ...]]) -> dict[str, Any]:
        return cited_data(assessed.cited(*places))

    setting = option.usual_setting
    return {
        "id": own,
        **_why(explained.why),
        "aims": [
            {"id": aim, **cited(*aim_places(option, aim))} for aim in assessed.options[own].aims
        ],
        "setting": setting
        and {
            **_why(explained.setting),
            **cited((RuleKey(RuleKind.SETTING, own), setting.claims)),
        },
        "statements": [
            {
                "id": each.id,
                **_why(explained.statements[each.id]),
                "elsewhere": each.id in explained.of_other_cases,
                **cited((RuleKey(RuleKind.STATEMENT, own, each.id), each.claims)),
            }
            for each in option.statements.values()
        ],
        "excludes": [
            {
                "id": each.id,
                **_why(explained.exclusions[each.id]),
                **cited((RuleKey(RuleKind.EXCLUSION, own, each.id), each.claims)),
            }
            for each in option.excludes.values()
        ],
    }


def _why(why: Reason) -> dict[str, Any]:
    verdict = why.verdict
    return {
        "status": verdict.status.value,
        "depends_on": list(verdict.depends_on),
        "because": list(verdict.because),
    }
