"""What a regression case expects of its assessment."""

from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from wizard.case.nodes import check_key, entries_of, names_of
from wizard.pathway.codes import Code
from wizard.pathway.model import Option, Pathway, Status
from wizard.pathway.problems import Problem, Problems, listed, nearest, quoted
from wizard.record import Record

if TYPE_CHECKING:
    from wizard.pathway.nodes import Node, Text

REST: Final = "rest"
SETTINGS: Final = ("met", "not_met", "unknown")

_REQUIRED: Final = ("described", "possible", "not_described", "alerts", "checks")
_OPTIONAL: Final = ("aims", "usual_settings", "statements", "excluded_by", "parked")
_STATUSES: Final = tuple(status.value for status in Status)


class Expectation(Record):
    """The exact result that a case must have.

    `possible` maps an option to the factors it depends on; every option of the pathway is in
    exactly one of the three lists.  `aims`, `usual_settings`, `statements` and `excluded_by` (the
    exclusions that certainly hold) name only what the case mentions; a usual setting is `met`,
    `not_met` or `unknown`, a statement has a status.
    `parked` is None where the case does not mention it.
    """

    described: frozenset[str]
    possible: Mapping[str, frozenset[str]]
    not_described: frozenset[str]
    alerts: frozenset[str]
    checks: frozenset[str]
    aims: Mapping[str, frozenset[str]]
    usual_settings: Mapping[str, str]
    statements: Mapping[tuple[str, str], str]
    excluded_by: Mapping[str, frozenset[str]]
    parked: frozenset[str] | None


class _Known(Record):
    """What an expectation may name; None stands for names that could not all be read."""

    __slots__ = ("__dict__",)

    pathway: Pathway
    unread: frozenset[str]

    @cached_property
    def options(self) -> tuple[str, ...]:
        """Every option, those whose files could not be read included."""
        paths = (PurePosixPath(name) for name in sorted(self.unread))
        others = (path.stem for path in paths if path.parent.name == "options")
        return tuple(dict.fromkeys((*self.pathway.options, *others)))

    @property
    def alerts(self) -> Collection[str] | None:
        """Every alert; some stand in the files of options."""
        return None if self.unread else self.pathway.alerts

    @property
    def settings(self) -> bool:
        """Whether usual settings could be read; some stand in the shared trees."""
        return "shared.yaml" not in self.unread

    def option(self, name: str) -> Option | None:
        """The option with this name, if its file could be read."""
        read = f"options/{name}.yaml" not in self.unread
        return self.pathway.options.get(name) if read else None


def read_expectation(
    node: "Node",
    pathway: Pathway,
    problems: Problems,
    unread: frozenset[str] = frozenset(),
) -> Expectation | None:
    """The expectation of a case; adds to `problems` whatever is wrong with it.

    `unread` are files of the pathway that could not be read: nothing is said of their names.
    """
    before = len(problems)
    entries = entries_of(node, "expect", problems)
    every = (*_REQUIRED, *_OPTIONAL)
    misspelt = [
        key for key in entries if not check_key(key, every, "part of an expectation", problems)
    ]
    meant = {nearest(key, every) for key in misspelt}
    for name in _REQUIRED:
        if name not in entries and name not in meant:
            none = "possible: {}" if name == "possible" else f"{name}: []"
            problems.tell(
                Code.WRONG_EXPECTATION,
                node.position,
                f"expect: {name} is missing",
                f'write "{none}" where there are none',
            )
    if len(problems) > before:
        return None
    parts: Mapping[str, Node] = {str(key): value for key, value in entries.items()}
    known = _Known(pathway, unread)
    options, alerts = known.options, known.alerts
    described = names_of(parts["described"], "described", options, "option", problems)
    possible = _possible(parts["possible"], known, problems)
    named = described | possible.keys()
    rest = parts["not_described"]
    if isinstance(rest, str) and rest == REST:
        not_described = frozenset(options) - named
    else:
        not_described = names_of(rest, "not_described", options, "option", problems)
    expectation = Expectation(
        described=described,
        possible=possible,
        not_described=not_described,
        alerts=names_of(parts["alerts"], "alerts", alerts, "alert", problems),
        checks=names_of(parts["checks"], "checks", alerts, "alert", problems),
        aims=_names_by_option(parts.get("aims"), "aim", known, problems),
        usual_settings=_settings(parts.get("usual_settings"), known, problems),
        statements=_statements(parts.get("statements"), known, problems),
        excluded_by=_names_by_option(parts.get("excluded_by"), "exclusion", known, problems),
        parked=names_of(parts["parked"], "parked", pathway.factors, "factor", problems)
        if "parked" in parts
        else None,
    )
    if len(problems) == before and not unread:
        _check_lists(node, expectation, pathway, problems)
    return expectation


def _possible(node: "Node", known: _Known, problems: Problems) -> dict[str, frozenset[str]]:
    return {
        str(option): names_of(factors, option, known.pathway.factors, "factor", problems)
        for option, factors in _by_option(node, "possible", known, problems).items()
    }


def _names_by_option(
    node: "Node | None", kind: str, known: _Known, problems: Problems
) -> dict[str, frozenset[str]]:
    """The aims, or the exclusions, that are named for each option."""
    found = {}
    for option, named in _by_option(node, f"{kind}s", known, problems).items():
        read = known.option(option)
        names = None if read is None else read.aims_by_id if kind == "aim" else read.excludes
        found[str(option)] = names_of(named, option, names, f"{kind} of {option}", problems)
    return found


def _settings(node: "Node | None", known: _Known, problems: Problems) -> dict[str, str]:
    settings: dict[str, str] = {}
    for option, state in _by_option(node, "usual_settings", known, problems).items():
        read = known.option(option)
        if read is not None and read.usual_setting is None and known.settings:
            problems.tell(
                Code.WRONG_EXPECTATION, option.position, f"{quoted(option)} has no usual setting"
            )
        elif not isinstance(state, str):
            problems.tell(Code.WRONG_EXPECTATION, state.position, f"{option}: a state was expected")
        elif check_key(state, SETTINGS, "state of a usual setting", problems):
            settings[str(option)] = str(state)
    return settings


def _statements(
    node: "Node | None", known: _Known, problems: Problems
) -> dict[tuple[str, str], str]:
    statements: dict[tuple[str, str], str] = {}
    for option, states in _by_option(node, "statements", known, problems).items():
        read = known.option(option)
        names = None if read is None else read.statements
        for statement, state in entries_of(states, option, problems).items():
            if not check_key(statement, names, f"statement of {option}", problems):
                continue
            if not isinstance(state, str):
                problems.tell(
                    Code.WRONG_EXPECTATION, state.position, f"{statement}: a status was expected"
                )
            elif check_key(state, _STATUSES, "status", problems):
                statements[str(option), str(statement)] = str(state)
    return statements


def _by_option(
    node: "Node | None", subject: str, known: _Known, problems: Problems
) -> "dict[Text, Node]":
    if node is None:
        return {}
    return {
        key: value
        for key, value in entries_of(node, subject, problems).items()
        if check_key(key, known.options, "option", problems)
    }


def _check_lists(
    node: "Node", expectation: Expectation, pathway: Pathway, problems: Problems
) -> None:
    """Every option stands in exactly one of the three lists."""
    lists = (expectation.described, expectation.possible.keys(), expectation.not_described)
    named = [option for each in lists for option in each]
    if len(named) == len(pathway.options) and pathway.options.keys() == set(named):
        return
    times = {option: sum(option in each for each in lists) for option in pathway.options}
    left_out = [option for option, number in times.items() if number == 0]
    doubled = [option for option, number in times.items() if number > 1]
    for options, where, expected in (
        (left_out, "none", 'write "not_described: rest" for all that are not named'),
        (doubled, "more than one", "name each once"),
    ):
        if options:
            verb = "stands" if len(options) == 1 else "stand"
            what = f"expect: {listed(options, most=5)} {verb} in {where} of the three lists"
            problems.append(
                Problem(Code.WRONG_EXPECTATION, node.position, what, expected, cause=what)
            )
