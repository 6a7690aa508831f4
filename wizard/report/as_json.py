"""An assessment as data, in the form that assessment.schema.json fixes."""

import json
from collections.abc import Collection, Mapping
from datetime import date
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING, Final

from wizard import __version__
from wizard.case.answers import Answer
from wizard.case.made import measure_data, measures_of
from wizard.case.raw import RawAnswer, raw_answer
from wizard.pathway.model import Option, Pathway
from wizard.pathway.owned_rules import RuleKey, RuleKind
from wizard.reasoning.assessment import Assessment, Cited
from wizard.reasoning.situation import Situation
from wizard.report.moment import Moment
from wizard.wording.citing import aim_places
from wizard.wording.harms import cautions
from wizard.wording.notices import notice
from wizard.wording.remarks import soft_wording
from wizard.wording.sources import source_currency

if TYPE_CHECKING:
    from wizard.case.decisions import Decisions
    from wizard.reasoning.agreement import OptionAgreement

SCHEMA_VERSION: Final = 2


def json_report(
    situation: Situation,
    moment: Moment,
    closed_lists: Collection[str] = (),
    record: "Decisions | None" = None,
) -> str:
    """The assessment as one JSON object, in ASCII, with a line break at its end.

    `closed_lists` are the factors whose list in a case file was taken as complete, `record` is the
    team's own, of a case that has one.
    """
    pathway, assessment = situation.pathway, situation.assessment
    data = {
        **stamp_data(pathway, moment),
        "answers": answers_data(pathway, situation.answers),
        **_measures_data(situation),
        "closed_lists": [name for name in pathway.factors if name in closed_lists],
        "derived": {factor: list(left) for factor, left in assessment.derived.items()},
        "parked": list(assessment.parked),
        "options": [option_data(situation, option) for option in pathway.options.values()],
        "alerts": alerts_data(pathway, assessment),
        "next": [
            {"factor": each.factor, "changes": [change.value for change in each.changes]}
            for each in assessment.next
        ],
        "sources": sources_data(pathway, situation.today),
        "notice": notice(pathway),
        **(_record_data(situation, record) if record else {}),
    }
    return printed(data)


def _measures_data(situation: Situation) -> dict[str, object]:
    """What the numbers among the answers mean, where there are any."""
    measures = measures_of(situation.pathway, situation.answers)
    if not measures:
        return {}
    return {"measures": {name: measure_data(each) for name, each in measures.items()}}


def _record_data(situation: Situation, record: "Decisions") -> dict[str, object]:
    """The team's record as a case file has it, and how it stands to what is described now."""
    from wizard.case.decision_files import record_data
    from wizard.case.decisions import other_answers
    from wizard.wording.recording import (
        ABOUT,
        departs,
        status_now,
        status_then,
    )

    return {
        "record": record_data(record, situation.pathway),
        "record_now": {
            "about": ABOUT,
            "other_answers": list(other_answers(record, situation.answers)),
            "options": {
                each.option: {
                    "then": status_then(record, each.option),
                    "now": status_now(situation, each.option),
                    "departs": departs(situation, record, each),
                }
                for each in record.options
            },
        },
    }


def printed(data: Mapping[str, object]) -> str:
    """Data as one JSON object, in ASCII, with a line break at its end."""
    return _laid_out(data, "\n") + "\n"


def _laid_out(value: object, line: str) -> str:
    """What `json.dumps` makes with an indent of 2, in half the time.

    `line` begins a line that is as far in as the value.
    """
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    inner = f"{line}  "
    if isinstance(value, dict):
        parts = [
            f"{encode_basestring_ascii(key)}: {_laid_out(one, inner)}" for key, one in value.items()
        ]
        return f"{{{inner}{f',{inner}'.join(parts)}{line}}}" if parts else "{}"
    if isinstance(value, list | tuple):
        parts = [_laid_out(one, inner) for one in value]
        return f"[{inner}{f',{inner}'.join(parts)}{line}]" if parts else "[]"
    return "null" if value is None else json.dumps(value)


def stamp_data(pathway: Pathway, moment: Moment) -> dict[str, object]:
    """Which tool, pathway and moment every object is from."""
    return {
        "schema": SCHEMA_VERSION,
        "tool": {"name": "mdt-wizard", "version": __version__},
        "pathway": {
            "id": pathway.id,
            "title": pathway.title,
            "version": pathway.version,
            "digest": pathway.digest,
            "reviewed": _review(pathway),
            "shipped": pathway.shipped,
            "folder": pathway.folder,
            "extends": extends_data(pathway),
        },
        "assessed_at": moment.iso,
    }


def extends_data(pathway: Pathway) -> dict[str, str] | None:
    """The pathway that an overlay adds to; None where a pathway stands alone."""
    base = pathway.extends
    if base is None:
        return None
    return {"id": base.pathway, "version": base.version, "digest": base.digest}


def _review(pathway: Pathway) -> dict[str, object] | None:
    review = pathway.reviewed
    if review is None:
        return None
    return {
        "by": review.by,
        "role": review.role,
        "date": review.date,
        "lapsed": pathway.review_lapsed,
    }


def answers_data(pathway: Pathway, answers: Mapping[str, Answer]) -> dict[str, RawAnswer]:
    """Every factor in the order of the walk; None where it is unknown or not answered."""
    return {
        factor.id: raw_answer(factor, answers.get(factor.id)) for factor in pathway.factors.values()
    }


def alerts_data(pathway: Pathway, assessment: Assessment) -> list[dict[str, object]]:
    """The alerts that show, in the pathway's order."""
    return [
        {
            "id": alert,
            "level": pathway.alerts[alert].level.value,
            "state": state.value,
            "title": pathway.alerts[alert].title,
            **cited_data(
                assessment.cited((RuleKey(RuleKind.ALERT, alert), pathway.alerts[alert].claims)),
            ),
        }
        for alert, state in assessment.alerts.items()
    ]


def cited_data(found: Cited) -> dict[str, list[str]]:
    """The claims that a sentence is cited with; of them, those of ways that may still hold."""
    return {
        "claims": [*found.certain, *found.possible],
        "claims_possible": list(found.possible),
    }


def sources_data(pathway: Pathway, today: date) -> list[dict[str, object]]:
    """The documents, each with its currency on a day."""
    return [
        {
            "id": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "date": source.date,
            "currency": source_currency(pathway, source, today).text,
            "sha256": source.sha256,
        }
        for source in pathway.sources.values()
    ]


def option_data(situation: Situation, option: Option) -> dict[str, object]:
    """One option: its status, what settles it or what it depends on, and all that is cited."""
    assessed = situation.assessment.options[option.id]
    setting = assessed.usual_setting

    def cited(
        kind: RuleKind, claims: tuple[str, ...], part: str | None = None
    ) -> Mapping[str, object]:
        return cited_data(situation.assessment.cited((RuleKey(kind, option.id, part), claims)))

    return {
        "id": option.id,
        "label": option.label,
        "group": option.group,
        "status": assessed.status.value,
        "aims": list(assessed.aims),
        "aims_cited": [
            {"id": aim, **cited_data(situation.assessment.cited(*aim_places(option, aim)))}
            for aim in assessed.aims
        ],
        "usual_setting": None if setting is None else setting.value,
        "usual_setting_says": soft_wording(situation, option),
        "usual_setting_cited": None
        if option.usual_setting is None
        else cited(RuleKind.SETTING, option.usual_setting.claims),
        "depends_on": list(assessed.verdict.depends_on),
        "because": list(assessed.verdict.because),
        "statements": [
            {
                "id": statement.id,
                "source": statement.source,
                "status": assessed.statements[statement.id].value,
                **cited(RuleKind.STATEMENT, statement.claims, statement.id),
            }
            for statement in option.statements.values()
        ],
        "excluded_by": [
            {
                "id": exclusion.id,
                "source": exclusion.source,
                "status": assessed.exclusions[exclusion.id].value,
                **cited(RuleKind.EXCLUSION, exclusion.claims, exclusion.id),
            }
            for exclusion in option.excludes.values()
        ],
        "agreement": stands_data(situation.agreement[option.id]),
        "cautions": _cautions(situation, option),
    }


def _cautions(situation: Situation, option: Option) -> list[dict[str, object]]:
    """Cautions that hold for this case or for anyone, together by what a document says to do."""
    pathway = situation.pathway
    order = [*pathway.actions, None]
    by_action: dict[str | None, list[str]] = {}
    for claim, action in cautions(situation, option).items():
        by_action.setdefault(action or pathway.claims[claim].action, []).append(claim)
    by_action = dict(sorted(by_action.items(), key=lambda each: order.index(each[0])))
    return [{"action": action, "claims": claims} for action, claims in by_action.items()]


def stands_data(agreed: "OptionAgreement") -> dict[str, str]:
    """How each document stands to an option."""
    return {source: stand.value for source, stand in agreed.stands.items()}
