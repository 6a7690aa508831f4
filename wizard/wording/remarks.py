"""Remarks that an option's row always shows, so that nobody has to open the option for them."""

from wizard.pathway.model import Option, Status
from wizard.reasoning.assessment import Setting
from wizard.reasoning.situation import Situation
from wizard.wording.currency import currency
from wizard.wording.text import counted


def remarks(situation: Situation, option: Option) -> tuple[str, ...]:
    """All remarks of an option's row: who excludes it, the age of its source, and soft wording.

    There are none of an option that is not described.
    """
    if situation.assessment.options[option.id].status is Status.NOT_DESCRIBED:
        return ()
    found = (
        excluded(situation, option),
        only_source_age(situation, option),
        soft_wording(situation, option),
    )
    return tuple(each for each in found if each is not None)


def excluded(situation: Situation, option: Option) -> str | None:
    """How many documents certainly say that the option is not for such a case.

    None for an option that is not described.
    """
    assessed = situation.assessment.options[option.id]
    if assessed.status is Status.NOT_DESCRIBED or not assessed.excluded_by:
        return None
    sources = {option.excludes[each].source for each in assessed.excluded_by}
    verb = "says" if len(sources) == 1 else "say"
    return f"{counted(len(sources), 'document')} {verb} not, here"


def soft_wording(situation: Situation, option: Option) -> str | None:
    """A source's own soft words on when the option is used, where they are not certainly met.

    None for an option that is not described.
    """
    assessed = situation.assessment.options[option.id]
    absent = assessed.status is Status.NOT_DESCRIBED
    if absent or option.usual_setting is None or assessed.usual_setting is Setting.MET:
        return None
    label = option.usual_setting.label
    return label[0].lower() + label[1:]


def only_source_age(situation: Situation, option: Option) -> str | None:
    """The year of the one document behind a row, or `undated`, where it is old or undated."""
    statuses = situation.assessment.options[option.id].statements
    for status in (Status.DESCRIBED, Status.POSSIBLE):
        sources = {
            each.source for each in option.statements.values() if statuses[each.id] is status
        }
        if sources:
            break
    if len(sources) != 1:
        return None
    source = situation.pathway.sources[sources.pop()]
    if source.date is None:
        return "undated"
    current = currency(source, situation.today, situation.pathway.old_after_years)
    return source.date[:4] if current.old else None
