"""The query that says of every row of a table what the documents describe for its case."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from wizard.cohort.coding import error, mask_columns, masks_of
from wizard.cohort.columns import Column, identifier
from wizard.cohort.reaching import (
    NEVER,
    Layer,
    Masks,
    Reach,
    Reaching,
    Sql,
    all_of,
    any_of,
    not_,
    status_of,
)
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import FALSE, TRUE, Node
from wizard.pathway.model import Alert, Status
from wizard.record import Record


class Part(StrEnum):
    """What a query may say."""

    STATUS = "status"
    STATEMENTS = "statements"
    AIMS = "aims"
    SETTINGS = "settings"
    ALERTS = "alerts"
    DEPENDS_ON = "depends_on"
    ERRORS = "errors"


class Query(Record):
    """A pathway as a query over masks.

    `variables` are those that the table of masks has a column for, `layers` the steps on top of
    it, `outputs` what is said in the end, by column.  Whoever runs it puts the names together.
    """

    variables: tuple[int, ...]
    layers: tuple[Layer, ...]
    outputs: Mapping[str, Sql]


def query_of(compiled: Compiled, parts: Iterable[Part], masks: Masks | None = None) -> Query:
    """The query that says these parts.

    `masks` are those that a table may hold, of every variable; else those of single answers.
    Raises TooManyNodesError where a function is held by its leaves, or the store overflows, and
    TooManyValuesError.
    """
    wanted = frozenset(parts)
    reaching = Reaching(compiled.diagrams, masks_of(compiled.space) if masks is None else masks)
    asked = _Asked(compiled, reaching)
    with compiled.diagrams.adding:
        says = dict(asked.outputs(wanted))
        layers = reaching.layers()
    outputs = {name: say(reaching) for name, say in says.items()}
    variables = tuple(sorted(level for each in compiled.space.levels.values() for level in each))
    return Query(variables, tuple(layers), outputs)


def exported(
    compiled: Compiled, table: str, parts: Iterable[Part], columns: Iterable[Column]
) -> Sql:
    """The query as text, to be run on a table of cases that has these columns.

    Each case is worked on once, however many rows have it: the rows are joined to the cases by the
    masks of both.  What is in error says nothing else.
    Raises TooManyNodesError, TooManyValuesError.
    """
    masks = list(mask_columns(compiled.space, columns))
    query = query_of(compiled, parts)
    wrong = error(compiled.space)
    steps = [
        [
            "SELECT DISTINCT",
            _list(f"{mask} AS v{level}" for level, mask in masks),
            f"FROM {table} t",
        ]
    ]
    for number, layer in enumerate(query.layers):
        steps.append(["SELECT", _list(_taken_and_added(layer)), f"FROM l{number}"])
    own = (f"v{level}" for level in query.variables)
    said = [f"{say} AS {name}" for name, say in query.outputs.items()]
    said = [", ".join(own), *said, f"{wrong} AS wrong"]
    steps.append(["SELECT", _list(said), f"FROM l{len(query.layers)}"])
    shown = [f"CASE WHEN r.wrong IS NULL THEN r.{name} END AS {name}" for name in query.outputs]
    shown += [f"r.wrong AS {identifier('error')}"] * (Part.ERRORS in parts)
    same = "\n    AND ".join(f"r.v{level} = {mask}" for level, mask in masks)
    last = ["SELECT", _list(["t.*", *shown]), f"FROM {table} t", f"LEFT JOIN l{len(steps) - 1} r"]
    return "\n".join([*_with(steps, 0), *last, f"  ON {same}", ""])


def over_masks(query: Query, key: str, apart: Sql = "") -> Sql:
    """The query as text over a table `l0` of masks, whose rows it tells apart by a key.

    `apart` ends each layer, for a database that must be told to work it out by itself.
    """
    steps = [
        ["SELECT", _list([key, *_taken_and_added(layer)]), f"FROM l{number}{apart}"]
        for number, layer in enumerate(query.layers)
    ]
    said = _list([key, *(f"{say} AS {name}" for name, say in query.outputs.items())])
    last = ["SELECT", said, f"FROM l{len(steps)}"]
    return "\n".join([*_with(steps, 1), *last])


def _taken_and_added(layer: Layer) -> Iterator[Sql]:
    yield ", ".join(layer.taken)
    for name, said in layer.added.items():
        yield f"CASE WHEN {said} THEN 1 ELSE 0 END AS {name}"


def _list(parts: Iterable[Sql]) -> Sql:
    return ",\n".join(f"  {part}" for part in parts)


def _with(steps: Sequence[Sequence[Sql]], first: int) -> list[Sql]:
    """The steps of a query, each of which has a name to be read by."""
    named = [f"l{number} AS (\n{_indented(step)}\n)" for number, step in enumerate(steps, first)]
    return ["WITH " + ",\n".join(named)] if named else []


def _indented(lines: Iterable[str]) -> str:
    return "\n".join(f"  {line}" for line in "\n".join(lines).splitlines())


# --- what is said ----------------------------------------------------------------------------

Say = Callable[[Reaching], Sql]
"""What a column says, once everything is asked."""


class _Pair(Record):
    """Whether a function can be true, and whether it can be false."""

    true: Reach
    false: Reach

    def status(self, reaching: Reaching) -> Sql:
        return status_of(reaching.condition(self.true), reaching.condition(self.false))

    def is_one_of(self, reaching: Reaching, wanted: Iterable[Status]) -> Sql:
        """That the status is one of these."""
        true, false = reaching.condition(self.true), reaching.condition(self.false)
        said = {
            Status.DESCRIBED: not_(false),
            Status.NOT_DESCRIBED: all_of([not_(true), false]),
            Status.POSSIBLE: all_of([true, false]),
        }
        return any_of(said[status] for status in wanted)


class _Asked:
    """What every column says; each function is asked once for each column that says something of
    it.
    """

    def __init__(self, compiled: Compiled, reaching: Reaching) -> None:
        self._compiled = compiled
        self._reaching = reaching
        self._options = {option: self._pair(node) for option, node in compiled.options.items()}

    def outputs(self, wanted: frozenset[Part]) -> Iterator[tuple[str, Say]]:
        """The columns of all parts, in the order of the parts."""
        compiled = self._compiled
        sayings: dict[Part, Iterator[tuple[str, Say]]] = {
            Part.STATUS: (
                (identifier("status", option), pair.status)
                for option, pair in self._options.items()
            ),
            Part.STATEMENTS: (
                (identifier("statement", *key), self._pair(node).status)
                for key, node in compiled.statements.items()
            ),
            Part.AIMS: (
                (identifier("aim", option, aim), self._aim(option, functions.missed))
                for (option, aim), functions in compiled.aims.items()
            ),
            Part.SETTINGS: (
                (identifier("setting", option), self._setting(node))
                for option, node in compiled.settings.items()
            ),
            Part.ALERTS: (
                (identifier("alert", alert.id), self._alert(alert))
                for alert in compiled.pathway.alerts.values()
            ),
            Part.DEPENDS_ON: (
                (identifier("depends_on", option), self._depends_on(node))
                for option, node in compiled.options.items()
            ),
        }
        for part, sayings_of_part in sayings.items():
            if part in wanted:
                yield from sayings_of_part

    def _pair(self, node: Node) -> _Pair:
        return _Pair(self._reaching.ask(node, TRUE), self._reaching.ask(node, FALSE))

    def _aim(self, option: str, missed: Node) -> Say:
        pair, never = self._pair(self._compiled.options[option]), self._reaching.ask(missed, TRUE)

        def say(reaching: Reaching) -> Sql:
            open_ = pair.is_one_of(reaching, (Status.DESCRIBED, Status.POSSIBLE))
            listed = all_of([not_(reaching.condition(never)), open_])
            return f"CASE WHEN {listed} THEN 'listed' ELSE '' END"

        return say

    def _setting(self, node: Node) -> Say:
        pair = self._pair(node)

        def say(reaching: Reaching) -> Sql:
            met = pair.is_one_of(reaching, (Status.DESCRIBED,))
            missed = pair.is_one_of(reaching, (Status.NOT_DESCRIBED,))
            return f"CASE WHEN {met} THEN 'met' WHEN {missed} THEN 'not_met' ELSE 'unknown' END"

        return say

    def _alert(self, alert: Alert) -> Say:
        functions = self._compiled.alerts[alert.id]
        when, check = self._pair(functions.when), alert.check
        spared = self._reaching.ask(functions.unless, FALSE)
        about = [(self._pair(self._compiled.options[o]), s) for o, s in alert.about.items()]
        uncertain = self._reaching.ask(functions.certain, FALSE)
        possible = self._reaching.ask(functions.possible, TRUE)
        checked = [
            (self._pair(self._compiled.options[option]), statuses)
            for option, statuses in (check.options if check else {}).items()
        ]

        def say(reaching: Reaching) -> Sql:
            raised = [when.is_one_of(reaching, (Status.DESCRIBED,)), reaching.condition(spared)]
            raised += [pair.is_one_of(reaching, statuses) for pair, statuses in about]
            to_check = [when.is_one_of(reaching, (Status.POSSIBLE,))] if check else [NEVER]
            to_check += [not_(reaching.condition(uncertain)), reaching.condition(possible)]
            to_check += [pair.is_one_of(reaching, statuses) for pair, statuses in checked]
            return (
                f"CASE WHEN {all_of(raised)} THEN 'raised' "
                f"WHEN {all_of(to_check)} THEN 'check' ELSE '' END"
            )

        return say

    def _depends_on(self, node: Node) -> Say:
        compiled, pair = self._compiled, self._pair(node)
        found: dict[str, list[tuple[Sql, Reach]]] = {}
        for factor in compiled.support(node):
            for level in compiled.space.levels[factor]:
                if compiled.diagrams.asked[node] >> level & 1:
                    found.setdefault(factor, []).extend(self._reaching.differing(node, level))

        def say(reaching: Reaching) -> Sql:
            ids = [
                f"CASE WHEN {on} THEN '|{factor}' ELSE '' END"
                for factor, pairs in found.items()
                if (on := any_of(all_of([s, reaching.condition(r)]) for s, r in pairs)) != NEVER
            ]
            if not ids:
                return "''"
            is_open = pair.is_one_of(reaching, (Status.POSSIBLE,))
            return f"CASE WHEN {is_open} THEN SUBSTR({' || '.join(ids)}, 2) ELSE '' END"

        return say
