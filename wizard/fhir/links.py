"""The names by which a pathway's questions and answers travel in FHIR R4.

Ids of a pathway are made of letters, digits and `_`, so that what is put together with `.` or `/`
is never the id of something else.

| linkId | what the item is |
|---|---|
| `FACTOR` | a choice, a number, or the group of a multi |
| `FACTOR.MEMBER` | a boolean of a multi: whether the member is present |
| `FACTOR.none` | a boolean of a multi: no member is present |
| `FACTOR.not_done` | a boolean of a multi or a number: it was not looked for or measured |
| `FACTOR/measured` | the group around a number that may be not done |
| `FACTOR/help` | a text to read beside the question |
| `/STEP` | the group of the questions of a step |
| `.notice` | the text above all questions |

An answer to a choice is a coding: a value or a group of values in the choice's own code system, or
`asked-unknown`.  What no answer of FHIR says is told by an extension of the item `FACTOR`, which
then has no answer: that it was asked and is not known (the standard `data-absent-reason`), that it
is one of several values (`ONE_OF`, once for each), the ranges in which a number lies (`RANGE`, once
for each, in the words of a case file).
"""

from typing import Final

from wizard.pathway.factors import NOT_DONE

NONE: Final = "none"
"""What stands behind the dot for "none of these"; no member can have the id."""

_OWN: Final = "urn:mdt-wizard"
ONE_OF: Final = f"{_OWN}:extension:one-of"
"""Of an item: one of these values is the answer, and it is not known which.  A valueCoding each."""
RANGE: Final = f"{_OWN}:extension:range"
"""Of an item: the number lies in this range.  A valueString each: `below 10`, `10 to below 20`."""
DIGEST: Final = f"{_OWN}:extension:digest"
"""Of a resource: the digest of the pathway's files, SHA-256 in hex, as a valueString."""
CANNOT_SAY: Final = f"{_OWN}:extension:not-in-fhir"
"""Of a questionnaire or an item: what of the pathway it does not say.  A valueString."""
CLAIM: Final = f"{_OWN}:extension:claim"
"""Of whatever rests on documents: a claim, as a valueRelatedArtifact whose label is its id."""
SOURCE: Final = f"{_OWN}:extension:source"
"""Of a questionnaire: a document, as a valueRelatedArtifact whose label is its id."""
SITE_CODE: Final = f"{_OWN}:extension:site-code"
"""Of an answer to choose: a code that a site's own ConceptMap has for it, as a valueCoding."""

ANSWERS: Final = f"{_OWN}:extension:answers"
"""Of a GuidanceResponse: the answers that it is about, as a valueReference."""
QUESTION: Final = f"{_OWN}:extension:question"
"""Of a data requirement: the question that is not answered, as a valueCoding."""
CHANGES: Final = f"{_OWN}:extension:changes"
"""Of a data requirement: what an answer may change.  A valueCode each: `status`, `alert` ..."""

ABSENT_REASON: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
"""Of an item: why it has no answer.  The valueCode is `ASKED_UNKNOWN`."""
ABSENT_SYSTEM: Final = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
"""The code system of the answer "not known" to a choice."""
ASKED_UNKNOWN: Final = "asked-unknown"

NOTICE_LINK: Final = ".notice"
"""The linkId of the text above all questions."""


def questionnaire_url(pathway: str) -> str:
    """The canonical address of a pathway's questionnaire; `|VERSION` follows it in a response."""
    return f"{_OWN}:questionnaire:{pathway}"


def pathway_url(pathway: str) -> str:
    """The canonical address of a pathway itself."""
    return f"{_OWN}:pathway:{pathway}"


def questions_system(pathway: str) -> str:
    """The code system of a pathway's questions; its codes are the linkIds without a `/`."""
    return f"{_OWN}:questions:{pathway}"


def options_system(pathway: str) -> str:
    """The code system of a pathway's options."""
    return f"{_OWN}:options:{pathway}"


def answers_system(pathway: str, factor: str) -> str:
    """The code system of a choice; its codes are the ids of its values and their groups."""
    return f"{_OWN}:answers:{pathway}:{factor}"


def member_link(factor: str, member: str) -> str:
    """The linkId of a member of a multi."""
    return f"{factor}.{member}"


def none_link(factor: str) -> str:
    """The linkId of "none of these"."""
    return member_link(factor, NONE)


def not_done_link(factor: str) -> str:
    """The linkId that says of a multi or a number that it was not done."""
    return member_link(factor, NOT_DONE)


def measured_link(factor: str) -> str:
    """The linkId of the group around a number that may be not done."""
    return f"{factor}/measured"


def help_link(question: str) -> str:
    """The linkId of the text to read beside a question."""
    return f"{question}/help"


def step_link(step: str) -> str:
    """The linkId of the group of a step's questions."""
    return f"/{step}"
