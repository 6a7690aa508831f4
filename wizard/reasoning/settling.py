"""What to find out first, and whether the case can be concluded yet.

How many of the options that are still open an answer settles, in the worst and in the best case:
no average, which would need a guess at how common cases are.
"""

from collections.abc import Iterator
from itertools import islice, product
from typing import Final

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import Node
from wizard.engine.restriction import Restriction
from wizard.pathway.factors import MultiFactor
from wizard.pathway.model import Status
from wizard.reasoning.assessment import Assessment
from wizard.reasoning.showing import status
from wizard.record import Record

MOST_ANSWERS: Final = 1024
"""Full answers to one question that are looked at."""


class Settling(Record):
    """An open question, and how many of the open options a full answer to it settles.

    `least` over all answers to it, `most` over all; `complete` is false where there are more
    answers than were looked at.
    """

    factor: str
    least: int
    most: int
    complete: bool


class Conclusion(Record):
    """The options that are settled whatever the missing answers are, and those that are not.

    In the neutral order.
    """

    described: tuple[str, ...]
    not_described: tuple[str, ...]
    open: tuple[str, ...]


def conclusion(now: Assessment) -> Conclusion:
    """What can be concluded from an assessment."""
    standing = [(each.id, each.verdict.status) for each in now.options.values()]
    described, not_described, possible = (
        tuple([option for option, status in standing if status is wanted])
        for wanted in (Status.DESCRIBED, Status.NOT_DESCRIBED, Status.POSSIBLE)
    )
    return Conclusion(described, not_described, possible)


def settling(
    compiled: Compiled, answers: Answers, now: Assessment, most: int = MOST_ANSWERS
) -> tuple[Settling, ...]:
    """Every question to ask now, in the order of the walk, with how much it settles.

    `most` bounds the full answers to one question that are looked at.
    """
    functions = [compiled.options[option] for option in conclusion(now).open]
    return tuple(_settling(compiled, answers, each.factor, functions, most) for each in now.next)


def settles(
    compiled: Compiled, answers: Answers, now: Assessment, factor: str, most: int = MOST_ANSWERS
) -> Settling:
    """How much one question settles; `most` bounds the full answers to it that are looked at."""
    functions = [compiled.options[option] for option in conclusion(now).open]
    return _settling(compiled, answers, factor, functions, most)


def most_settling_first(questions: tuple[Settling, ...]) -> tuple[Settling, ...]:
    """The questions by what they settle at least, then at most; else in the order of the walk."""
    return tuple(sorted(questions, key=lambda each: (-each.least, -each.most)))


def _settling(
    compiled: Compiled, answers: Answers, factor: str, functions: list[Node], most: int
) -> Settling:
    own = compiled.space.levels[factor]
    levels = ((1 << len(own)) - 1) << own.start
    touched = [each for each in functions if compiled.diagrams.asked[each] & levels]
    if not touched:
        return Settling(factor, 0, 0, complete=True)
    allowed = list(compiled.space.allowed(answers))
    given = allowed[own.start : own.stop]
    counts = []
    full = _full_answers(compiled, factor, given, touched)
    for values in islice(full, most):
        allowed[own.start : own.stop] = values
        view = Restriction(compiled.diagrams, tuple(allowed))
        counts.append(sum(status(view, each) is not Status.POSSIBLE for each in touched))
    return Settling(factor, min(counts), max(counts), complete=next(full, None) is None)


def _full_answers(
    compiled: Compiled, factor: str, given: list[tuple[int, ...]], functions: list[Node]
) -> Iterator[list[tuple[int, ...]]]:
    """Everything that a factor may turn out to be, as far as the functions ask.

    A member of a multi of which no function asks stays as it is.
    """
    record = compiled.pathway.factors[factor]
    multi = record if isinstance(record, MultiFactor) else None
    own = compiled.space.levels[factor]
    asked = 0
    for function in functions:
        asked |= compiled.diagrams.asked[function]
    choices = [
        [(value,) for value in values] if multi is None or asked >> level & 1 else [values]
        for level, values in zip(own, given, strict=True)
    ]
    if multi is not None and multi.not_done and (1,) in choices[0]:
        # What is said of members then makes no difference.
        yield [(1,), *given[1:]]
        choices[0].remove((1,))
    needs_one = multi is not None and multi.at_least > 0
    for values in product(*choices):
        if not (needs_one and all(each == (0,) for each in values)):
            yield list(values)
