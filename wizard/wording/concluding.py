"""What to find out first, and whether the case can be concluded yet, in words."""

from typing import Final

from wizard.pathway.model import Pathway
from wizard.reasoning.settling import Conclusion, Settling
from wizard.reasoning.situation import Situation
from wizard.wording.text import counted, joined, number_word

ABOUT_SETTLING: Final = (
    "How many of the options that are still open each question settles whatever its answer is, and "
    "how many it could settle. The order of the questions in the pathway stays the usual one."
)


def settles_text(found: Settling, open_options: int) -> str:
    """Of the options that are open, how many an answer settles in the worst and the best case.

    `settles two of four options`, `could settle up to two of four options`.
    """
    if not open_options:
        return "settles no option: none is open"
    least, most = number_word(found.least), number_word(found.most)
    match found.least, found.most:
        case _, 0:
            number = "settles none"
        case at_least, at_most if at_least == at_most:
            number = f"settles {most}"
        case 0, 1:
            number = "could settle one"
        case 0, _:
            number = f"could settle up to {most}"
        case _:
            number = f"settles {least} to {most}"
    looked = "" if found.complete or not found.most else ", at the answers looked at"
    return f"{number} of {counted(open_options, 'option')}{looked}"


def settles_words(situation: Situation, factor: str) -> str:
    """The same of one question; nothing where it is not open."""
    if all(each.factor != factor for each in situation.assessment.next):
        return ""
    explained = situation.explained
    return settles_text(explained.settled_by(factor), len(explained.conclusion.open))


def could_settle(situation: Situation, factor: str) -> str:
    """The same as a sentence below the question; nothing where no answer settles an option."""
    found = situation.explained.settled_by(factor)
    if not found.most:
        return ""
    verb = "settles" if found.least == found.most else "could settle"
    return f"An answer {verb} {counted(found.most, 'option')}."


def settled_words(now: Conclusion) -> str:
    """How many options are settled whatever the missing answers are, in a few words."""
    settled = len(now.described) + len(now.not_described)
    number = f"{settled} of {settled + len(now.open)}" if now.open else f"All {settled}"
    return f"{number} options settled"


def conclusion_line(now: Conclusion) -> str:
    """One line: how much is settled whatever the missing answers are, and how much is not."""
    settled = len(now.described) + len(now.not_described)
    total = settled + len(now.open)
    if not now.open:
        return f"All {total} options are settled, whatever the missing answers are."
    return (
        f"{settled} of {total} options are settled, whatever the missing answers are: "
        f"{len(now.described)} described, {len(now.not_described)} not; "
        f"{counted(len(now.open), 'option')} still {'depends' if len(now.open) == 1 else 'depend'} "
        "on them."
    )


def conclusion_names(pathway: Pathway, now: Conclusion) -> tuple[str, ...]:
    """The same by name: described, not described, open; `none` where a list is empty."""
    lists = (
        ("Described whatever the missing answers are", now.described),
        ("Not described whatever the missing answers are", now.not_described),
        ("Still open", now.open),
    )
    return tuple(
        f"{title}: {joined([pathway.options[option].label for option in options]) or 'none'}"
        for title, options in lists
    )
