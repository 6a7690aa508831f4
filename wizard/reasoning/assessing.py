"""The assessment of a case: what holds in all, some or none of its completions.

Theory of operation.  One `Restriction` answers every question about what the answers still allow:
which statuses functions can have and on which factors an open one still depends
(`engine.restriction`).  Which answers settle a settled one is found by `deciding`.

Cost.  Linear in the nodes of the functions that are asked about, each visited a few times at most.
"""

from collections.abc import Iterable, Mapping

from wizard.case.answers import UNKNOWN, Answer, Answers, ChoiceAnswer
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import Node
from wizard.engine.restriction import Restriction
from wizard.pathway.model import Option, Shown, Status
from wizard.pathway.owned_rules import RuleKey
from wizard.reasoning.assessment import (
    AlertState,
    Assessment,
    Conclusions,
    NextFactor,
    OptionAssessment,
    Reason,
    Verdict,
)
from wizard.reasoning.deciding import deciding_answers, deciding_factors
from wizard.reasoning.showing import Aims, aims_by_option, shown_alerts, shown_option, status
from wizard.record import NOTHING


def assess(compiled: Compiled, answers: Answers) -> Assessment:
    """Everything that follows from the answers, over all of their completions.

    The answers must fit the pathway; their order has no effect.
    """
    view = Restriction(compiled.diagrams, compiled.space.allowed(answers))
    return assess_after(compiled, answers, view, None)


def assess_after(
    compiled: Compiled, answers: Answers, view: Restriction, earlier: Assessment | None
) -> Assessment:
    """The same, given the restriction by the answers.

    `earlier` is the assessment of the answers whose restriction this one was given as the earlier.
    """
    changed, bits = view.changed, compiled.diagrams.asked
    known: Mapping[str, OptionAssessment] = NOTHING
    if earlier is not None:
        options, asked = earlier.options, compiled.asked_of.items()
        known = {option: options[option] for option, levels in asked if not levels & changed}
    verdicts = {
        option: earlier.options[option].verdict
        if earlier is not None and not bits[function] & changed
        else _verdict(compiled, view, function)
        for option, function in compiled.options.items()
        if option not in known
    }
    found = _options(compiled, view, verdicts, known)
    shown = None if earlier is None else earlier.alerts
    concluded = _concluded(compiled, answers, view, found, shown)
    applies = {
        factor: earlier.applies[factor]
        if earlier is not None and not bits[node] & changed
        else status(view, node)
        for factor, node in compiled.applies.items()
    }
    upcoming, waiting = _next(compiled, view, applies)
    return Assessment(
        options=concluded.options,
        alerts=concluded.alerts,
        parked=concluded.parked,
        next=upcoming,
        waiting=waiting,
        applies=applies,
        citing=_citing(compiled, view, earlier),
        derived={
            factor: values_left(compiled, view, factor, answers.get(factor))
            for factor in compiled.derived
        },
    )


def conclude(
    compiled: Compiled,
    answers: Answers,
    view: Restriction | None = None,
    known: Mapping[str, OptionAssessment] = NOTHING,
) -> Conclusions:
    """What a regression case expects of the answers: a third of the work of all that follows.

    What settles an option is left out of its verdict.  Where a version in the same store was asked
    before, `view` is what was asked there, and `known` what was found of options with the same
    functions.
    """
    view = view or Restriction(compiled.diagrams, compiled.space.allowed(answers))
    verdicts = {
        option: _open_verdict(compiled, view, function)
        for option, function in compiled.options.items()
        if option not in known
    }
    return _concluded(compiled, answers, view, _options(compiled, view, verdicts, known))


def _options(
    compiled: Compiled,
    view: Restriction,
    verdicts: Mapping[str, Verdict],
    known: Mapping[str, OptionAssessment],
) -> dict[str, OptionAssessment]:
    aims = aims_by_option(compiled)
    return {
        name: known[name]
        if name in known
        else _assessed_option(compiled, view, option, aims, verdicts[name])
        for name, option in compiled.pathway.options.items()
    }


def _concluded(
    compiled: Compiled,
    answers: Answers,
    view: Restriction,
    options: Mapping[str, OptionAssessment],
    shown: Mapping[str, AlertState] | None = None,
) -> Conclusions:
    statuses = {option: found.verdict.status for option, found in options.items()}
    given = answers.entries
    parked = (
        factor
        for factor, node in compiled.applies.items()
        if factor in given
        and given[factor] != UNKNOWN
        and status(view, node) is Status.NOT_DESCRIBED
    )
    return Conclusions(options, shown_alerts(compiled, view, statuses, shown), tuple(parked))


def _citing(
    compiled: Compiled, view: Restriction, earlier: Assessment | None
) -> Mapping[RuleKey, Mapping[str, Status]]:
    """By rule, which claims of single ways hold."""
    found: dict[RuleKey, Mapping[str, Status]] = {}
    anew: Iterable[RuleKey] = compiled.citing
    if earlier is not None:
        found.update(earlier.citing)
        asked, changed = compiled.asked_of_ways.items(), view.changed
        anew = [rule for rule, levels in asked if levels & changed]
    for rule in anew:
        ways = compiled.citing[rule].items()
        found[rule] = {claim: status(view, node) for claim, node in ways}
    return found


def values_left(
    compiled: Compiled, view: Restriction, factor: str, answer: Answer | None
) -> tuple[str, ...]:
    """The values that a derived factor may still have: those answered, or worked out."""
    ways = compiled.derived[factor]
    if isinstance(answer, ChoiceAnswer):
        return tuple(value for value in ways if value in answer.values)
    return tuple(value for value, way in ways.items() if view.can_be(way))


def verdict(compiled: Compiled, answers: Answers, function: Node) -> Verdict:
    """The verdict on one function (of a statement, an option, a factor's applying)."""
    view = Restriction(compiled.diagrams, compiled.space.allowed(answers))
    return _verdict(compiled, view, function)


def reason(
    compiled: Compiled,
    answers: Answers,
    function: Node,
    judged: Verdict | None = None,
    derived: Iterable[str] = (),
) -> Reason:
    """Why a function has its status; `judged` is its verdict where that is known.

    `derived` are the derived factors to name beside the answers.
    """
    judged = judged or verdict(compiled, answers, function)
    deciding = deciding_answers(compiled, answers, function, judged)
    part = answers if judged.status is Status.POSSIBLE else deciding
    from wizard.reasoning.deriving import derived_from

    return Reason(judged, deciding, derived_from(compiled, answers, part, derived))


def _verdict(compiled: Compiled, view: Restriction, function: Node) -> Verdict:
    verdict = _open_verdict(compiled, view, function)
    if verdict.status is Status.POSSIBLE:
        return verdict
    wanted = verdict.status is Status.DESCRIBED
    because = deciding_factors(compiled, view.allowed, function, wanted=wanted)
    return Verdict(verdict.status, (), because)


def _open_verdict(compiled: Compiled, view: Restriction, function: Node) -> Verdict:
    """A verdict without what settles it."""
    found = status(view, function)
    levels = view.depends(function) if found is Status.POSSIBLE else 0
    return Verdict(found, compiled.space.factors_of(levels), ())


def _assessed_option(
    compiled: Compiled, view: Restriction, option: Option, aims: Aims, verdict: Verdict
) -> OptionAssessment:
    shown = shown_option(compiled, view, option.id, aims)
    statements = {
        name: status(view, compiled.statements[option.id, name]) for name in option.statements
    }
    exclusions = {
        name: status(view, compiled.exclusions[option.id, name]) for name in option.excludes
    }
    return OptionAssessment(
        option.id, verdict, statements, exclusions, shown.aims, shown.usual_setting
    )


def _next(
    compiled: Compiled, view: Restriction, applies: Mapping[str, Status]
) -> tuple[tuple[NextFactor, ...], tuple[str, ...]]:
    """The factors that can still change something shown: to ask now, and to wait for a parent."""
    asked = compiled.diagrams.asked
    changing: dict[str, list[Shown]] = {factor: [] for factor in compiled.pathway.factors}
    for change in Shown:
        levels, sought = 0, view.open
        for function in compiled.shown[change]:
            # A function that asks nothing open that is new cannot depend on anything new.
            if asked[function] & sought:
                levels |= view.depends(function)
                sought = view.open & ~levels
        for factor in compiled.space.factors_of(levels):
            changing[factor].append(change)
    upcoming = []
    waiting = []
    for factor, changes in changing.items():
        if changes and applies[factor] is Status.DESCRIBED:
            upcoming.append(NextFactor(factor, tuple(changes)))
        elif changes:
            waiting.append(factor)
    return tuple(upcoming), tuple(waiting)
