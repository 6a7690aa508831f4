"""Saved cases that were replayed, as data: replay.schema.json."""

from collections.abc import Mapping, Sequence

from wizard.case.answers import Answer
from wizard.case.raw import raw_answer
from wizard.pathway.factors import Factor
from wizard.pathway.model import Pathway
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.replaying import Replay
from wizard.reasoning.since import Behind, Changed, Since
from wizard.reasoning.standing_then import OptionThen
from wizard.record import as_data
from wizard.report.as_json import stamp_data
from wizard.report.moment import Moment
from wizard.report.replaying import Replayed
from wizard.wording.notices import notice

Data = dict[str, object]


def replays_data(pathway: Pathway, moment: Moment, found: Sequence[Replayed]) -> Data:
    """The files that were to be replayed, in order."""
    stamp = {**stamp_data(pathway, moment), "schema": 1}
    files = [_file_data(pathway, each) for each in found]
    return {**stamp, "files": files, "notice": notice(pathway)}


def _file_data(pathway: Pathway, one: Replayed) -> Data:
    data: Data = {"file": one.file, "outcome": one.outcome.value.replace(" ", "_")}
    if one.replay is None:
        return {**data, "why": one.why}
    return {**data, **_replay_data(pathway, one.replay, as_written=one.as_written)}


def _replay_data(pathway: Pathway, replay: Replay, *, as_written: bool) -> Data:
    log, made = replay.case.log, replay.case.made
    return {
        "title": replay.case.title,
        "made": None
        if made is None
        else {**as_data(made.pathway), "overlays": list(map(as_data, made.overlays))},
        "log": {
            "entries": len(log),
            "first": log[0].at if log else None,
            "last": log[-1].at if log else None,
            "fault": replay.fault,
            "damaged_at": None if replay.entry is None else replay.entry + 1,
            "as_written": as_written,
        },
        "changed_outside": {
            "answers": [
                {
                    "factor": move.factor,
                    "log": _raw(pathway.factors[move.factor], move.before),
                    "file": _raw(pathway.factors[move.factor], move.after),
                }
                for move in replay.outside
            ],
            "parts": list(replay.outside_parts),
        },
        "not_read": [{"factor": each.factor, "why": each.why.message} for each in replay.aside],
        "since": None if replay.since is None else since_data(replay.since),
    }


def since_data(found: Since) -> Data:
    """What is otherwise than when a case was saved, and what changed behind it."""
    return {
        "then": {"version": found.then.version, "digest": found.then.digest},
        "options": [
            {
                "id": each.option,
                "before": _option(each.before),
                "after": _option(each.after),
                **_changed(each.changed),
            }
            for each in found.options
        ],
        "alerts": [
            {
                "id": each.alert,
                "before": _state(each.before),
                "after": _state(each.after),
                **_changed(each.changed),
            }
            for each in found.alerts
        ],
        "new_options": list(found.added),
        "reworded": {option: _parts(parts) for option, parts in found.reworded.items()},
        "questions": _parts(found.questions),
        "changes": None
        if found.releases is None
        else [{"version": r.version, "date": r.date, "what": r.what} for r in found.releases],
    }


def _raw(factor: Factor, answer: Answer | None) -> object:
    return raw_answer(factor, answer)


def _option(then: OptionThen | None) -> Data | None:
    if then is None:
        return None
    return {
        "status": then.status,
        "depends_on": sorted(then.depends_on),
        "aims": sorted(then.aims),
        "usual_setting": then.usual_setting,
        "excluded_by": sorted(then.excluded_by),
        "statements": dict(then.statements),
    }


def _state(state: AlertState | None) -> str | None:
    return None if state is None else state.value


def _changed(changed: Changed) -> Mapping[str, object]:
    return {"behind": _parts(changed.behind), "carried": list(changed.carried)}


def _parts(parts: Sequence[Behind]) -> list[Data]:
    return [
        {
            "owner": each.owner,
            "part": each.part,
            "was": each.was,
            "now": each.now,
            "file": None if each.position is None else each.position.file,
            "line": None if each.position is None else each.position.line,
        }
        for each in parts
    ]
