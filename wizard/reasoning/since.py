"""What of a saved case is otherwise in another version of its pathway, and what changed behind it.

Statuses, aims, usual settings, exclusions and alerts rest on nothing but the rules and answers that
`pathway.part_digests` knows: so behind whatever moved stands one of these that changed, an answer
that the version does not have as it was, or another version of the tool.
"""

from collections.abc import Iterable, Iterator, Mapping

from wizard.case.answers import Answers
from wizard.pathway.model import Pathway, Status
from wizard.pathway.part_digests import WORDS, Owner
from wizard.pathway.position import Position
from wizard.pathway.sources import Release
from wizard.reasoning.assessment import AlertState, Conclusions
from wizard.reasoning.standing_then import OptionThen, Standing, option_then
from wizard.record import Record, replace


class Behind(Record):
    """One part of a pathway that changed behind a result.

    `owner` is its kind and present id, such as `option ID`; `was` and `now` are whether each
    version has the part.  `position` is where it stands now, or else its owner.
    """

    owner: str
    part: str
    was: bool
    now: bool
    position: Position | None


class Changed(Record):
    """What of the pathway changed that an option or an alert rests on.

    `behind` are parts of the pathway, its own first; `carried` are the answers that it asks and
    that the case does not have as it had them.
    """

    behind: tuple[Behind, ...] = ()
    carried: tuple[str, ...] = ()


class OptionMoved(Record):
    """An option that shows otherwise than then: None where a version does not have it.

    `option` is its present id, or that of then where it is gone.
    """

    option: str
    before: OptionThen | None
    after: OptionThen | None
    changed: Changed


class AlertMoved(Record):
    """An alert that shows otherwise than then: None where it does not show."""

    alert: str
    before: AlertState | None
    after: AlertState | None
    changed: Changed


class Since(Record):
    """What became of a saved case in another version.

    `added` are options that are new and not described for it.  `reworded` are options that show as
    they did, with the parts of theirs that changed.  `questions` are the parts that changed of
    questions that the case answers.  `releases` are the entries of the pathway's change log since
    then, newest first; None where it does not know the version of then.
    """

    then: Standing
    options: tuple[OptionMoved, ...]
    alerts: tuple[AlertMoved, ...]
    added: tuple[str, ...]
    reworded: Mapping[str, tuple[Behind, ...]]
    questions: tuple[Behind, ...]
    releases: tuple[Release, ...] | None

    @property
    def moved(self) -> bool:
        """Whether anything shows otherwise; that an option is new and not described does not."""
        return bool(self.options or self.alerts)


def since(
    then: Standing,
    pathway: Pathway,
    answers: Answers,
    found: Conclusions,
    carried: Iterable[str] = (),
) -> Since:
    """What is otherwise now than it was then, and what changed behind it.

    `answers` are those of then as the pathway has them now, and `found` follows from them;
    `carried` are the factors whose answers it does not have as they were.
    """
    return _Comparison(then, pathway, tuple(carried)).since(answers, found)


# --- parts -------------------------------------------------------------------------------------


class _Comparison:
    """A standing beside a pathway, by present ids."""

    def __init__(self, then: Standing, pathway: Pathway, carried: tuple[str, ...]) -> None:
        self.then = then
        self.pathway = pathway
        self.carried = carried
        self.owners = pathway.owners
        self.before = {self.present(key): each for key, each in then.parts.items()}

    def since(self, answers: Answers, found: Conclusions) -> Since:
        options = list(self.options({name: option_then(o) for name, o in found.options.items()}))
        added = tuple(each.option for each in options if _only_new(each))
        moved = {each.option for each in options}
        changed = ((o, tuple(self.changed(f"option {o}"))) for o in found.options if o not in moved)
        return Since(
            then=self.then,
            options=tuple(each for each in options if each.option not in added),
            alerts=tuple(self.alerts(found.alerts)),
            added=added,
            reworded={option: parts for option, parts in changed if parts},
            questions=tuple(self.questions(answers)),
            releases=self.releases(),
        )

    def options(self, after: Mapping[str, OptionThen]) -> Iterator[OptionMoved]:
        before = {self.name("option", o): self.renamed(e) for o, e in self.then.options.items()}
        for option in dict.fromkeys((*after, *before)):
            one, other = before.get(option), after.get(option)
            if one != other:
                yield OptionMoved(option, one, other, self.behind(f"option {option}"))

    def alerts(self, after: Mapping[str, AlertState]) -> Iterator[AlertMoved]:
        before = {self.name("alert", alert): state for alert, state in self.then.alerts.items()}
        for alert in dict.fromkeys((*after, *before)):
            one, other = before.get(alert), after.get(alert)
            if one is not other:
                yield AlertMoved(alert, one, other, self.behind(f"alert {alert}"))

    def renamed(self, then: OptionThen) -> OptionThen:
        """What showed then, with the present ids of questions."""
        depends_on = frozenset(self.name("factor", each) for each in then.depends_on)
        return replace(then, depends_on=depends_on)

    def name(self, kind: str, own: str) -> str:
        """The present id of something of then."""
        return self.pathway.former.get(f"{kind} {own}", own)

    def present(self, key: str) -> str:
        """The key of an owner by its present id."""
        now = self.pathway.former.get(key)
        return key if now is None else f"{key.partition(' ')[0]} {now}"

    def behind(self, key: str) -> Changed:
        reached = self.reached(key)
        parts = (part for each in reached for part in self.changed(each) if part.part != WORDS)
        factors = (each.removeprefix("factor ") for each in reached if each.startswith("factor "))
        carried = tuple(each for each in factors if each in self.carried)
        return Changed(tuple(parts), carried)

    def reached(self, key: str) -> tuple[str, ...]:
        """An owner and all that its rules go by, the nearest first."""
        found = {key: None}
        waiting = [key]
        for each in waiting:
            owner = self.owners.get(each)
            fresh = [other for other in (owner.goes_by if owner else ()) if other not in found]
            found |= dict.fromkeys(fresh)
            waiting += fresh
        return tuple(found)

    def changed(self, key: str) -> Iterator[Behind]:
        """The parts of an owner that are others; of one that a version lacks, itself."""
        owner, before = self.owners.get(key), self.before.get(key)
        if owner is None or before is None:
            if owner or before:
                where = self.place(owner)
                yield Behind(key, "", before is not None, owner is not None, where)
            return
        for name in dict.fromkeys((*owner.parts, *before)):
            part = owner.parts.get(name)
            if part is None or part.digest != before.get(name):
                where = self.place(owner) if part is None else part.position
                yield Behind(key, name, name in before, part is not None, where)

    def place(self, owner: Owner | None) -> Position | None:
        return next((each.position for each in owner.parts.values()), None) if owner else None

    def questions(self, answered: Iterable[str]) -> Iterator[Behind]:
        for factor in answered:
            for each in self.changed(f"factor {factor}"):
                if each.part in ("answers", WORDS):
                    yield each

    def releases(self) -> tuple[Release, ...] | None:
        """The entries of the change log that came after the version of then, newest first."""
        log = self.pathway.changes
        at = next((i for i, each in enumerate(log) if each.version == self.then.version), None)
        if at is None:
            return None
        later = [
            each
            for i, each in enumerate(log)
            if each.date > log[at].date or (each.date == log[at].date and i < at)
        ]
        return tuple(sorted(later, key=lambda each: each.date, reverse=True))


def _only_new(moved: OptionMoved) -> bool:
    after = moved.after
    return moved.before is None and after is not None and after.status is Status.NOT_DESCRIBED
