"""What there is to learn of a pathway: regions of its options and alerts, and claims.

An item's key says what it is about, and its meaning on what that rests.  The key of a region holds
the region and its outcome, so that an item stays the same exactly as long as every case of the
region has that outcome and no wider region does; the meaning of a claim changes with its words and
with the cases that its statements describe.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from hashlib import sha256

from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import FALSE, TRUE, Node
from wizard.pathway.factors import ChoiceFactor, MultiFactor, NumberFactor, named_values
from wizard.pathway.model import AlertLevel, Option, Statement
from wizard.pathway.sources import Claim
from wizard.practice.case_pool import CasePool
from wizard.practice.regions import Region, region_of
from wizard.record import Record


class About(StrEnum):
    """What kind of thing an item is about."""

    OPTION = "option"
    ALERT = "alert"
    CLAIM = "claim"


class LearningItem(Record):
    """One thing to learn.

    `subject` is the id of an option, an alert or a claim; `holds` is the outcome in the item's
    regions: described, or raised, or that a statement with the claim matches.  The regions of a
    claim come with the option and the statement that each belongs to.
    """

    key: str
    about: About
    subject: str
    holds: bool
    meaning: str
    occurrences: tuple["Occurrence", ...]


class Occurrence(Record):
    """One region of an item, and whose it is: an option (and statement) or an alert."""

    owner: str
    statement: str | None
    region: Region


def items_of(pool: CasePool) -> Mapping[str, LearningItem]:
    """Everything that there is to learn, by key: options in the neutral order, alerts, claims.

    Regions without a plausible case are left out, and so is what holds in every case: there is
    nothing to find out.
    """
    found = (*_option_items(pool), *_alert_items(pool), *_claim_items(pool))
    return {item.key: item for item in found if item.occurrences}


def region_words(compiled: Compiled, region: Region) -> str:
    """A region in ids, the same for the same region of any version: `size=below 20;type=a|b`."""
    parts: dict[str, list[str]] = {}
    for level, values in region:
        factor = compiled.pathway.factors[compiled.space.owners[level]]
        first = compiled.space.levels[factor.id].start
        match factor:
            case ChoiceFactor():
                ids = compiled.space.values_of(factor.id)
                said = ["|".join(sorted(ids[value] or "worked out" for value in values))]
            case MultiFactor():
                member = tuple(named_values(factor))[level - first]
                said = [f"{member}:{'present' if values == (1,) else 'absent'}"]
            case NumberFactor():
                spans = spans_of(compiled, factor.id, values)
                said = ["|".join(f"{low}..{high}" for low, high in spans)]
        parts.setdefault(factor.id, []).extend(said)
    return ";".join(f"{factor}={','.join(sorted(said))}" for factor, said in sorted(parts.items()))


def spans_of(compiled: Compiled, factor: str, values: tuple[int, ...]) -> list[tuple[str, str]]:
    """Intervals of a number as ranges from low to below high; an empty text is not a bound."""
    bounds = ("", *(f"{cut.normalize():f}" for cut in compiled.space.cuts[factor]), "")
    spans: list[tuple[str, str]] = []
    for value in values:
        low, high = bounds[value], bounds[value + 1]
        if spans and value - 1 in values:
            spans[-1] = (spans[-1][0], high)
        else:
            spans.append((low, high))
    return spans


def function_words(compiled: Compiled, function: Node) -> str:
    """A digest of a two-valued function, the same for the same function of any version.

    One that is held by its leaves has another digest where its tree has other leaves.
    """
    diagrams = compiled.diagrams
    if function in diagrams.held:
        true = (region_of(diagrams, box) for end, box in diagrams.pieces(function) if end == TRUE)
        told = sorted(region_words(compiled, region) for region in true)
        return sha256("\n".join(told).encode()).hexdigest()
    known = {FALSE: "no", TRUE: "yes"}

    def words(node: Node) -> str:
        found = known.get(node)
        if found is None:
            level, children = diagrams.levels[node], diagrams.children[node]
            ways = []
            for child in set(children):
                values = tuple(value for value, other in enumerate(children) if other == child)
                ways.append(f"{region_words(compiled, ((level, values),))}>{words(child)}")
            found = known[node] = sha256("\n".join(sorted(ways)).encode()).hexdigest()
        return found

    return words(function)


# --- parts -----------------------------------------------------------------------------------


def _option_items(pool: CasePool) -> Iterator[LearningItem]:
    for option, function in pool.compiled.options.items():
        for word, holds in (("described", True), ("not_described", False)):
            yield from _region_items(pool, About.OPTION, option, word, function, holds=holds)


def _alert_items(pool: CasePool) -> Iterator[LearningItem]:
    for alert, functions in pool.compiled.alerts.items():
        if pool.compiled.pathway.alerts[alert].level is not AlertLevel.CHECK_ANSWERS:
            function = functions.raised
            yield from _region_items(pool, About.ALERT, alert, "raised", function, holds=True)


def _region_items(  # noqa: PLR0913 - what makes an item of a region
    pool: CasePool, about: About, subject: str, word: str, function: Node, *, holds: bool
) -> Iterator[LearningItem]:
    """An item for each region of an outcome, which `word` names."""
    for region in pool.regions(function, wanted=holds):
        if region:
            key = f"{about}/{subject}/{word}/{region_words(pool.compiled, region)}"
            yield LearningItem(key, about, subject, holds, "", (Occurrence(subject, None, region),))


def _claim_items(pool: CasePool) -> Iterator[LearningItem]:
    compiled = pool.compiled
    uses: dict[str, list[tuple[Option, Statement]]] = {}
    for option in compiled.pathway.options.values():
        for statement in option.statements.values():
            for claim in statement.every_claim:
                uses.setdefault(claim, []).append((option, statement))
    for claim, stated in uses.items():
        functions = {
            (option.id, statement.id): compiled.statements[option.id, statement.id]
            for option, statement in stated
        }
        yield LearningItem(
            key=f"claim/{claim}",
            about=About.CLAIM,
            subject=claim,
            holds=True,
            meaning=_claim_meaning(pool, compiled.pathway.claims[claim], functions),
            occurrences=tuple(
                Occurrence(option, statement, region)
                for (option, statement), function in functions.items()
                for region in pool.regions(function, wanted=True)
                if region
            ),
        )


def _claim_meaning(pool: CasePool, claim: Claim, functions: Mapping[tuple[str, str], Node]) -> str:
    parts = [claim.source, " ".join(claim.says.split()), claim.strength]
    parts += sorted(
        f"{option}: {function_words(pool.compiled, pool.made_total(function))}"
        for (option, _statement), function in functions.items()
    )
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
