"""An assessment as a FHIR R4 GuidanceResponse.

Its output parameters say what the report as JSON says, under the same names, each in the singular:
a list is a parameter for each of its entries.  It never has a `result`: that would be requests for
care, and nothing here is one.  It names no patient, and needs none to be valid.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from wizard import __version__
from wizard.fhir.elements import (
    Element,
    choice_coding,
    claim_artifact,
    option_coding,
    question_coding,
    source_artifact,
    text_extension,
)
from wizard.fhir.links import ANSWERS, CHANGES, DIGEST, QUESTION, pathway_url
from wizard.fhir.response import response
from wizard.pathway.factors import ChoiceFactor
from wizard.pathway.model import Pathway, Status
from wizard.reasoning.situation import Situation
from wizard.report.as_json import alerts_data, option_data, sources_data
from wizard.report.moment import Moment
from wizard.wording.notices import (
    AUDIENCE,
    NEUTRAL_ORDER,
    NOT_UNSUITABLE,
    UNKNOWN_IS_NOT_NO,
    foreign_line,
    review_line,
)
from wizard.wording.text import clean

_ANSWERS, _OUTPUT, _NOTICES = "answers", "output", "notices"
_CODES: Final = frozenset({"status", "level", "state", "usual_setting", "stands"})
"""Parameters whose value is a word of a closed list."""


def fhir_report(situation: Situation, moment: Moment) -> str:
    """The assessment as one GuidanceResponse in JSON, in ASCII, with a line break at its end."""
    return json.dumps(guidance_response(situation, moment), indent=2) + "\n"


def guidance_response(situation: Situation, moment: Moment) -> Element:
    """The assessment as a GuidanceResponse that contains answers, output and notices."""
    pathway, assessment = situation.pathway, situation.assessment
    answers = response(pathway, situation.answers, None, complete=not assessment.next)
    return {
        "resourceType": "GuidanceResponse",
        "contained": [
            {"resourceType": answers["resourceType"], "id": _ANSWERS, **answers},
            {"resourceType": "Parameters", "id": _OUTPUT, "parameter": list(_output(situation))},
            {"resourceType": "OperationOutcome", "id": _NOTICES, "issue": list(_issues(pathway))},
        ],
        "extension": [
            text_extension(DIGEST, pathway.digest),
            {"url": ANSWERS, "valueReference": {"reference": f"#{_ANSWERS}"}},
        ],
        "moduleCanonical": f"{pathway_url(pathway.id)}|{pathway.version}",
        "status": _status(situation),
        "occurrenceDateTime": moment.iso,
        "evaluationMessage": [{"reference": f"#{_NOTICES}"}],
        "outputParameters": {"reference": f"#{_OUTPUT}"},
        **_requirements(situation),
    }


# --- parts -----------------------------------------------------------------------------------


def _status(situation: Situation) -> str:
    """Whether every status is settled; if it is, whether an answer may change something else."""
    options = situation.assessment.options.values()
    if any(each.status is Status.POSSIBLE for each in options):
        return "data-required"
    return "data-requested" if situation.assessment.next else "success"


def _requirements(situation: Situation) -> Element:
    """The questions that are not answered and may change something."""
    found = [
        {
            "extension": [
                {"url": QUESTION, "valueCoding": _question(situation.pathway, each.factor)},
                *({"url": CHANGES, "valueCode": change.value} for change in each.changes),
            ],
            "type": "QuestionnaireResponse",
        }
        for each in situation.assessment.next
    ]
    return {"dataRequirement": found} if found else {}


def _issues(pathway: Pathway) -> Iterator[Element]:
    """The notices that every output carries, one an issue."""
    lapsed = pathway.reviewed is None or pathway.review_lapsed
    yield _issue("warning" if lapsed else "information", review_line(pathway))
    every = (pathway.intended_use, AUDIENCE, NOT_UNSUITABLE, NEUTRAL_ORDER, UNKNOWN_IS_NOT_NO)
    for notice in (*every, *foreign_line(pathway)):
        yield _issue("information", notice)


def _issue(severity: str, text: str) -> Element:
    return {"severity": severity, "code": "informational", "details": {"text": clean(text)}}


def _output(situation: Situation) -> Iterator[Element]:
    """The output parameters; whatever cites a claim does so by its id, and `cited` has it whole."""
    pathway = situation.pathway
    options = [option_data(situation, option) for option in pathway.options.values()]
    alerts = alerts_data(pathway, situation.assessment)
    yield _parts("tool", [_text("name", "mdt-wizard"), _text("version", __version__)])
    yield _parts("pathway", _stamp(pathway))
    for data in options:
        yield _parts("option", _option(pathway, data))
    for data in alerts:
        says = pathway.alerts[str(data["id"])].says or None
        yield _parts("alert", _entries({**data, "says": says}))
    for factor, left in situation.assessment.derived.items():
        yield _parts("derived", _derived(pathway, factor, left))
    for parked in situation.assessment.parked:
        yield {"name": "parked", "valueCoding": _question(pathway, parked)}
    for data in sources_data(pathway, situation.today):
        artifact = source_artifact(pathway.sources[str(data["id"])])
        document = {"name": "document", "valueRelatedArtifact": artifact}
        yield _parts("source", [document, _text("currency", str(data["currency"]))])
    for claim in dict.fromkeys(_claims([*options, *alerts])):
        yield {"name": "cited", "valueRelatedArtifact": claim_artifact(pathway, claim)}


def _stamp(pathway: Pathway) -> Iterator[Element]:
    yield _text("id", pathway.id)
    yield _text("title", pathway.title)
    yield _text("version", pathway.version)
    yield _text("digest", pathway.digest)
    yield {"name": "shipped", "valueBoolean": pathway.shipped}
    if (base := pathway.extends) is not None:
        parts = {"id": base.pathway, "version": base.version, "digest": base.digest}
        yield _parts("extends", _entries(parts))


def _option(pathway: Pathway, data: Mapping[str, Any]) -> Iterator[Element]:
    option = pathway.options[data["id"]]
    yield {"name": "id", "valueCoding": option_coding(pathway, option)}
    yield _text("group", pathway.groups[option.group].label)
    yield {"name": "status", "valueCode": data["status"]}
    for name in ("depends_on", "because"):
        for factor in data[name]:
            yield {"name": name, "valueCoding": _question(pathway, factor)}
    for aim in data["aims_cited"]:
        label = option.aims_by_id[aim["id"]][0].label
        yield _parts("aim", [_text("label", label), *_entries(aim)])
    if data["usual_setting"] is not None:
        cited = data["usual_setting_cited"]
        setting = {"status": data["usual_setting"], "says": data["usual_setting_says"], **cited}
        yield _parts("usual_setting", _entries(setting))
    for name, several in (("statement", "statements"), ("excluded_by",) * 2):
        for entry in data[several]:
            yield _parts(name, _entries(entry))
    for entry in data["cautions"]:
        action = entry["action"] and pathway.actions.get(entry["action"], entry["action"])
        yield _parts("caution", _entries({**entry, "action": action}))
    for source, stands in data["agreement"].items():
        yield _parts("agreement", _entries({"source": source, "stands": stands}))


def _derived(pathway: Pathway, name: str, left: Iterable[str]) -> Iterator[Element]:
    factor = pathway.factors[name]
    yield {"name": "question", "valueCoding": _question(pathway, name)}
    if isinstance(factor, ChoiceFactor):
        for value in left:
            yield {"name": "value", "valueCoding": choice_coding(pathway, factor, value)}


def _entries(data: Mapping[str, Any]) -> Iterator[Element]:
    """What a part of the report says, as parts of a parameter: texts, codes, lists of claims."""
    for name, value in data.items():
        if name in _CODES:
            yield {"name": name, "valueCode": value}
        elif isinstance(value, list):
            singular = {"claims": "claim", "claims_possible": "claim_possible"}[name]
            yield from (_text(singular, each) for each in value)
        elif value is not None:
            yield _text(name, value)


def _claims(data: object) -> Iterator[str]:
    """The ids of all claims that stand in a part of the report."""
    match data:
        case dict():
            for name, value in data.items():
                yield from value if name == "claims" else _claims(value)
        case list():
            for value in data:
                yield from _claims(value)


def _question(pathway: Pathway, factor: str) -> Element:
    return question_coding(pathway, factor, pathway.factors[factor].label)


def _text(name: str, text: str) -> Element:
    return {"name": name, "valueString": clean(text)}


def _parts(name: str, parts: Iterable[Element]) -> Element:
    return {"name": name, "part": list(parts)}
