"""What followed from a case when it was saved, as plain data that is kept with it.

It holds a digest of each part of the pathway that a result rests on: so what changed behind a
result can be told without the version of then (`reasoning.since`).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from wizard.case.log import JSON
from wizard.pathway.model import Pathway, Status
from wizard.reasoning.assessment import AlertState, Conclusions, OptionAssessment, Setting
from wizard.record import Record

Digests = Mapping[str, Mapping[str, str]]
"""The digest of each part by its owner and its name."""


class StandingError(ValueError):
    """Data that is not a standing; its text says what is wrong, in a few words."""


class OptionThen(Record):
    """Everything that shows of an option for some answers.

    `statements` are those that match or may match.
    """

    status: Status
    depends_on: frozenset[str]
    aims: frozenset[str]
    usual_setting: Setting | None
    excluded_by: frozenset[str]
    statements: Mapping[str, Status]


class Standing(Record):
    """What followed from a case in one version of a pathway, by the ids of that version.

    `alerts` are those that showed.
    """

    version: str
    digest: str
    options: Mapping[str, OptionThen]
    alerts: Mapping[str, AlertState]
    parts: Digests


def standing_of(pathway: Pathway, found: Conclusions) -> Standing:
    """What stands now."""
    return Standing(
        pathway.version,
        pathway.digest,
        {option: option_then(each) for option, each in found.options.items()},
        found.alerts,
        {
            key: {name: part.digest for name, part in each.parts.items()}
            for key, each in pathway.owners.items()
        },
    )


def option_then(found: OptionAssessment) -> OptionThen:
    """What shows of an option now."""
    hold = found.statements.items()
    return OptionThen(
        found.status,
        frozenset(found.verdict.depends_on),
        frozenset(found.aims),
        found.usual_setting,
        frozenset(found.excluded_by),
        {name: status for name, status in hold if status is not Status.NOT_DESCRIBED},
    )


# --- as data -----------------------------------------------------------------------------------


def standing_data(standing: Standing) -> dict[str, JSON]:
    """A standing as JSON has it, without what is the same wherever nothing is said."""
    every = standing.options.items()

    def alerts(state: AlertState) -> list[str]:
        return sorted(alert for alert, own in standing.alerts.items() if own is state)

    data: dict[str, JSON] = {
        "version": standing.version,
        "digest": standing.digest,
        "options": {option: each.status.value for option, each in every},
        "depends_on": {o: sorted(each.depends_on) for o, each in every if each.depends_on},
        "aims": {option: sorted(each.aims) for option, each in every if each.aims},
        "usual_settings": {o: each.usual_setting.value for o, each in every if each.usual_setting},
        "excluded_by": {o: sorted(each.excluded_by) for o, each in every if each.excluded_by},
        "statements": {
            option: {name: status.value for name, status in each.statements.items()}
            for option, each in every
            if each.statements
        },
        "alerts": alerts(AlertState.RAISED),
        "checks": alerts(AlertState.CHECK),
        "parts": {key: dict(each) for key, each in standing.parts.items()},
    }
    return {key: value for key, value in data.items() if value or key in _NEEDED}


def standing_read(data: JSON) -> Standing:
    """The standing that plain data stands for.  Raises StandingError."""
    if not isinstance(data, Mapping):
        raise StandingError("is not a map")
    odd = [str(key) for key in data if key not in _KEYS]
    if odd:
        raise StandingError(f"has {odd[0]}, which this version does not know")
    lacking = [key for key in _NEEDED if key not in data]
    if lacking:
        raise StandingError(f"lacks {lacking[0]}")
    for key, fits in _KEYS.items():
        if key in data and not fits(data[key]):
            raise StandingError(f"has something else in {key} than a standing has")
    raised = dict.fromkeys(data.get("alerts", ()), AlertState.RAISED)
    checks = dict.fromkeys(data.get("checks", ()), AlertState.CHECK)
    options = {option: _option_read(data, option) for option in data["options"]}
    return Standing(data["version"], data["digest"], options, checks | raised, data["parts"])


# --- parts -------------------------------------------------------------------------------------

_Fits = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _list(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(map(_text, value))


def _map(of: _Fits) -> _Fits:
    return lambda value: isinstance(value, Mapping) and all(map(of, value.values()))


def _one_of(words: Iterable[str]) -> _Fits:
    known = frozenset(words)
    return lambda value: isinstance(value, str) and value in known


_STATUS: Final = _one_of(Status)
_KEYS: Final[Mapping[str, _Fits]] = {
    "version": _text,
    "digest": _text,
    "options": _map(_STATUS),
    "depends_on": _map(_list),
    "aims": _map(_list),
    "usual_settings": _map(_one_of(Setting)),
    "excluded_by": _map(_list),
    "statements": _map(_map(_STATUS)),
    "alerts": _list,
    "checks": _list,
    "parts": _map(_map(_text)),
}
_NEEDED: Final = ("version", "digest", "options", "parts")


def _option_read(data: Mapping[str, Any], option: str) -> OptionThen:
    def names(key: str) -> frozenset[str]:
        return frozenset(data.get(key, {}).get(option, ()))

    setting = data.get("usual_settings", {}).get(option)
    statements = data.get("statements", {}).get(option, {})
    return OptionThen(
        Status(data["options"][option]),
        names("depends_on"),
        names("aims"),
        None if setting is None else Setting(setting),
        names("excluded_by"),
        {name: Status(status) for name, status in statements.items()},
    )
