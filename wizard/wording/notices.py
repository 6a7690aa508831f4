"""The notices that every screen and every output carries."""

from typing import Final

from wizard.pathway.model import Pathway
from wizard.wording.text import counted, long_date

NOT_UNSUITABLE: Final = "Not described is not the same as unsuitable."
NEUTRAL_ORDER: Final = "Options always stand in one fixed, neutral order; the order means nothing."
HOW_TO_READ: Final = "Not described is not unsuitable; the order means nothing."
"""Both in short, where there is little room."""
UNKNOWN_IS_NOT_NO: Final = (
    "A question that is not answered, or answered with not known, leaves everything possible "
    "that an answer could make so; it never counts as no."
)
AUDIENCE: Final = "This output is for clinicians and trainees; it is not meant for patients."
NO_NAMES: Final = "Enter no names, numbers or dates that could identify a patient."


def notice(pathway: Pathway) -> str:
    """The whole notice: intended use, review, and how to read the lists."""
    return " ".join(
        (
            " ".join(pathway.intended_use.split()),
            review_line(pathway),
            NOT_UNSUITABLE,
            NEUTRAL_ORDER,
            *foreign_line(pathway),
        )
    )


def review_line(pathway: Pathway) -> str:
    """Whether a clinician has reviewed the pathway, and whether it is as it was then."""
    review = pathway.reviewed
    if review is None:
        return "No clinician has reviewed this pathway."
    since = ", changed since" if pathway.review_lapsed else ""
    return f"Reviewed by {review.role} on {long_date(review.date)}{since}."


def notices_in_short(pathway: Pathway) -> str:
    """What the notices at the end of a report say, in six words at its beginning."""
    return f"For clinicians, {review_in_short(pathway)}; notices follow."


def review_in_short(pathway: Pathway) -> str:
    """How it stands with the review, in two words."""
    if pathway.reviewed is None:
        return "not reviewed"
    return "review lapsed" if pathway.review_lapsed else "clinically reviewed"


def four_notices(pathway: Pathway) -> tuple[str, ...]:
    """The notices of the first page of a report, each of which fits on a line."""
    return (
        "It only describes documents; the MDT decides. The details have every notice in full.",
        f"For clinicians and trainees, not for patients. {review_line(pathway)}",
        NOT_UNSUITABLE + " The order of the options means nothing.",
        "What is not answered or not known never counts as no.",
    )


def foreign_line(pathway: Pathway) -> tuple[str, ...]:
    """A line that names a pathway that did not come with the tool; no line for the shipped one."""
    if pathway.shipped:
        return ()
    base = pathway.extends
    adds = f" It adds to {base.pathway} {base.version}, and changes nothing of it." if base else ""
    line = f"This is not the pathway that came with the tool; it was read from {pathway.folder}."
    return (f"{line}{adds}",)


def pathway_stamp(pathway: Pathway) -> str:
    """A pathway's name, version and digest."""
    stamp = f"{pathway.title} ({pathway.id}) {pathway.version}, SHA-256 {pathway.digest}"
    base = pathway.extends
    if base is None:
        return stamp
    return f"{stamp}; on top of {base.pathway} {base.version}, SHA-256 {base.digest}"


def documents_line(pathway: Pathway) -> str:
    """How many documents there are, from when to when: `5 documents, 2016 to 2025`."""
    years = sorted(source.date[:4] for source in pathway.sources.values() if source.date)
    undated = sum(source.date is None for source in pathway.sources.values())
    span = ", " + " to ".join(dict.fromkeys((years[0], years[-1]))) if years else ""
    also = f", {counted(undated, 'of them', 'of them')} undated" if undated and years else ""
    number = len(pathway.sources)
    return f"{number} document{'' if number == 1 else 's'}{span}{also}"


def changes_lines(pathway: Pathway) -> tuple[str, ...]:
    """The change log of the pathway's clinical content."""
    return tuple(
        f"{change.version}, {long_date(change.date)}: {change.what}" for change in pathway.changes
    )
