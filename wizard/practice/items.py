"""What there is to learn of a pathway: regions of its options and alerts, and claims.

An item's key says what it is about, and its meaning on what that rests.  The key of a region holds
the region and its outcome, so that an item stays the same exactly as long as every case of the
region has that outcome and no wider region does; the meaning of a claim changes with its words and
with the cases that its statements describe.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from hashlib import sha256

from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import FALSE, TRUE, Node
from wizard.pathway.factors import ChoiceFactor, MultiFactor, NumberFactor, named_values
from wizard.pathway.model import AlertLevel
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
    regions = cache(pool.regions)  # one function is that of many options, alerts and statements
    found = (*_region_items(pool, regions), *_claim_items(pool, regions))
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


def _outcomes(compiled: Compiled) -> Iterator[tuple[About, str, str, Node, bool]]:
    """What each option and alert may come to: its name, the function, and the truth of that."""
    for option, function in compiled.options.items():
        yield About.OPTION, option, "described", function, True
        yield About.OPTION, option, "not_described", function, False
    for alert, functions in compiled.alerts.items():
        if compiled.pathway.alerts[alert].level is not AlertLevel.CHECK_ANSWERS:
            yield About.ALERT, alert, "raised", functions.raised, True


def _region_items(pool: CasePool, regions: Callable[..., list[Region]]) -> Iterator[LearningItem]:
    """An item for each region of an outcome."""
    for about, subject, word, function, holds in _outcomes(pool.compiled):
        for region in filter(None, regions(function, wanted=holds)):
            key = f"{about}/{subject}/{word}/{region_words(pool.compiled, region)}"
            yield LearningItem(key, about, subject, holds, "", (Occurrence(subject, None, region),))


def _claim_items(pool: CasePool, regions: Callable[..., list[Region]]) -> Iterator[LearningItem]:
    compiled = pool.compiled
    occurrences: dict[str, list[Occurrence]] = {}
    meanings: dict[str, list[str]] = {}
    for option in compiled.pathway.options.values():
        for statement in option.statements.values():
            function = compiled.statements[option.id, statement.id]
            words = function_words(compiled, pool.made_total(function))
            found = filter(None, regions(function, wanted=True))
            own = [Occurrence(option.id, statement.id, region) for region in found]
            for claim in statement.every_claim:
                occurrences.setdefault(claim, []).extend(own)
                meanings.setdefault(claim, []).append(f"{option.id}: {words}")
    for name, told in occurrences.items():
        meaning = _claim_meaning(compiled.pathway.claims[name], meanings[name])
        yield LearningItem(
            key=f"claim/{name}",
            about=About.CLAIM,
            subject=name,
            holds=True,
            meaning=meaning,
            occurrences=tuple(told),
        )


def _claim_meaning(claim: Claim, meanings: Iterable[str]) -> str:
    parts = [claim.source, " ".join(claim.says.split()), claim.strength, *sorted(meanings)]
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
