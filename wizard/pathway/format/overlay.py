"""An overlay: what a folder adds to another pathway, put together with it before it is read.

Nothing of the other pathway, the base, is changed or removed.  Every id of the overlay carries its
own prefix, so that a new version of the base can never have it too.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from wizard.pathway.choosing import extended_by, pathways_of_id, shown
from wizard.pathway.codes import Code
from wizard.pathway.fields import Table
from wizard.pathway.format.checks_lists import unknown
from wizard.pathway.format.digest import digest_of
from wizard.pathway.format.events import read_yaml
from wizard.pathway.format.files import RawAdditions, RawFiles, parse_additions, parse_files
from wizard.pathway.format.folder import Snapshot, take_snapshot
from wizard.pathway.format.schema import (
    RawAddition,
    RawFactor,
    RawOption,
    RawOverlay,
    RawPathway,
)
from wizard.pathway.format.validating import validate
from wizard.pathway.nodes import Entries, Text, place
from wizard.pathway.problems import (
    FileErrors,
    PathwayErrors,
    Problem,
    Problems,
    nearest,
    quoted,
)
from wizard.pathway.sources import Extends
from wizard.record import replace

_NOTHING = RawFiles(None, None, None, None, None, None, None, {}, {})
Kind = TypeVar("Kind")


def whole_files(snapshot: Snapshot, problems: Problems) -> RawFiles:
    """The files of a folder; of an overlay, together with those of its base."""
    if not snapshot.overlay:
        return parse_files(snapshot, problems)
    base = base_of(snapshot, problems)
    if base is None:
        return _NOTHING
    own_problems = Problems()
    name = extended(snapshot).pathway
    files = parse_files(base, own_problems, under=f"{name}/")
    if own_problems or base.problems or files.pathway is None:
        problems.tell(
            Code.NO_BASE,
            place(name),
            f"the pathway {name} that is extended does not check",
            f"see `mdt-wizard check {shown(base.folder)}`",
        )
        return _NOTHING
    own = parse_additions(snapshot, problems, present=files.options)
    if own.pathway is None:
        return _NOTHING
    return _Together(files, files.pathway, own, own.pathway, problems).files()


def base_of(snapshot: Snapshot, problems: Problems) -> Snapshot | None:
    """The pathway that an overlay adds to, just as it was when the overlay was written.

    None, and a problem, where no pathway that can be found here has the digest that it names.
    """
    try:
        extends = extended(snapshot)
    except FileErrors as errors:
        problems.extend(errors.problems)
        return None
    found = list(bases(extends, snapshot.folder))
    for base in found:
        if not base.overlay and digest_of(base.contents) == extends.digest:
            return base
    problems.append(_no_base(extends, found))
    return None


def bases(extends: Extends, beside: Path) -> Iterator[Snapshot]:
    """The pathways that can be found here of the id that is extended, the tool's own first."""
    for folder in pathways_of_id(extends.pathway, beside=beside):
        with suppress(PathwayErrors):
            yield take_snapshot(folder)


def extended(snapshot: Snapshot) -> Extends:
    """What an overlay says that it adds to.  Raises FileErrors."""
    name = "pathway.yaml"
    root = read_yaml(snapshot.contents[name], name)
    if not isinstance(root, Entries) or "extends" not in root:
        raise FileErrors([Problem(Code.NO_BASE, root.position, "what is extended cannot be read")])
    found: Extends = validate(root[root.key("extends")], Extends)
    return found


def _no_base(extends: Extends, found: list[Snapshot]) -> Problem:
    whole = next((base for base in found if not base.overlay), None)
    if whole is not None:
        folder = shown(whole.folder)
        return Problem(
            Code.BASE_CHANGED,
            place(extends.digest),
            f"{extends.pathway} in {folder} is not the {extends.version} that is extended: its "
            f"digest is {digest_of(whole.contents)}",
            f"see what changed by `mdt-wizard diff OLD {folder}`, where OLD is a copy or a git "
            "revision of what was extended; then write its version and digest here",
        )
    if found:
        return Problem(
            Code.NO_BASE,
            place(extends.pathway),
            f"{extends.pathway} in {shown(found[0].folder)} is an overlay itself, and only a whole "
            "pathway can be extended",
            f"extend {extended_by(found[0].folder)}, and put all that is added into one folder",
        )
    return Problem(
        Code.NO_BASE,
        place(extends.pathway),
        f"the pathway {quoted(extends.pathway)} that is extended is not found",
        "it was looked for beside this folder, in the working folder, with the tool and in "
        "the user's data folder; `mdt-wizard pathways` lists what is there",
    )


class _Together:
    """A base and what an overlay adds to it, as one set of files."""

    def __init__(
        self,
        base: RawFiles,
        whole: RawPathway,
        own: RawAdditions,
        overlay: RawOverlay,
        problems: Problems,
    ) -> None:
        self.base = base
        self.whole = whole
        self.own = own
        self.overlay = overlay
        self.problems = problems

    def files(self) -> RawFiles:
        """Every file of the base with what is added."""
        base, own, capitals = self.base, self.own, self.overlay.prefix.upper()
        sources = self.joined(base.sources, own.sources, capitals)
        for name, claims in own.claims.items():
            if name in base.claims and claims is not None:
                self.stands_already(claims.source)
        factors = self.joined(base.factors, own.factors, f"{self.overlay.prefix}_")
        options = self.options()
        self.check_words(factors, options)
        return RawFiles(
            pathway=self.pathway(),
            factors={key: self.worded_factor(key, one) for key, one in factors.items()},
            shared=self.joined(base.shared, own.shared),
            alerts=self.joined(base.alerts, own.alerts),
            glossary=self.joined(base.glossary, own.glossary),
            sources=sources,
            # The base's own hazards are held by its own cases and tests.
            hazards=own.hazards or {},
            claims={**own.claims, **base.claims},
            options={
                name: None if one is None else replace(one, also=self.worded(name, one.also))
                for name, one in options.items()
            },
        )

    def pathway(self) -> RawPathway:
        whole, overlay = self.whole, self.overlay
        title = f"{whole.title}, with {overlay.title}"
        for step in overlay.steps:
            unknown(step, "step", [each.id for each in whole.steps], self.problems)
        return replace(
            whole,
            pathway=overlay.pathway,
            title=Text(title, place(overlay.title)),
            version=overlay.version,
            extends=overlay.extends,
            report_errors=overlay.report_errors or whole.report_errors,
            steps=tuple(
                replace(step, factors=(*step.factors, *overlay.steps.get(step.id, ())))
                for step in whole.steps
            ),
            groups=self.joined(whole.groups, overlay.groups),
            options=self.joined(whole.options, overlay.options),
            assumptions=self.joined(whole.assumptions, overlay.assumptions, overlay.prefix.upper()),
            assumes=(*whole.assumes, *overlay.assumes),
            limits=(*whole.limits, *overlay.limits),
            actions=self.joined(whole.actions, overlay.actions),
            stated_for=(*whole.stated_for, *overlay.stated_for),
            not_surfaced={**whole.not_surfaced, **overlay.not_surfaced},
            wording_allowed=(*self.allowed_by_base(), *overlay.wording_allowed),
            reviewed=overlay.reviewed,
            changes=(*overlay.changes, *whole.changes),
        )

    def allowed_by_base(self) -> Iterable[Any]:
        """Wording that the base allows, in its files as they are named here."""
        under = self.whole.pathway
        return (
            replace(each, where=None if each.where is None else f"{under}/{each.where}")
            for each in self.whole.wording_allowed
        )

    # --- options -------------------------------------------------------------------------

    def options(self) -> dict[str, RawOption | None]:
        found = dict(self.base.options)
        for name, one in self.own.options.items():
            present = found.get(name)
            if isinstance(one, RawAddition) and present is not None:
                found[name] = self.added(present, one)
            elif not isinstance(one, RawAddition):
                found[name] = one
        return found

    def added(self, present: RawOption, one: RawAddition) -> RawOption:
        """An option of the base with the sentences, exclusions and cautions that are added."""
        return replace(
            present,
            option=one.option,
            also=(*present.also, *one.also),
            statements=self.joined(present.statements, one.statements),
            excludes=self.joined(present.excludes, one.excludes),
            more_cautions=one.cautions,
        )

    # --- other words ---------------------------------------------------------------------

    def check_words(
        self, factors: Mapping[str, RawFactor], options: Mapping[str, RawOption | None]
    ) -> None:
        """Other words are of options, factors, and the answers to factors: `FACTOR.VALUE`."""
        known = [*options, *factors]
        known += [f"{key}.{value}" for key, one in factors.items() for value in _answers(one)]
        for key in self.overlay.also:
            if key not in known:
                self.problems.tell(
                    Code.UNKNOWN_NAME,
                    place(key),
                    f"there is no option, factor or answer {quoted(key)}",
                    "write OPTION, FACTOR or FACTOR.VALUE",
                    nearest(key, known),
                )

    def worded(self, name: str, also: tuple[str, ...]) -> tuple[str, ...]:
        """The other words for something, with those of the overlay."""
        return (*also, *self.overlay.also.get(name, ()))

    def worded_factor(self, key: str, factor: RawFactor) -> RawFactor:
        def answers(every: Mapping[str, Any] | None) -> dict[str, Any] | None:
            if every is None:
                return None
            return {
                name: replace(one, also=self.worded(f"{key}.{name}", one.also))
                for name, one in every.items()
            }

        return replace(
            factor,
            also=self.worded(key, factor.also),
            values=answers(factor.values),
            members=answers(factor.members),
            groups=answers(factor.groups),
        )

    # --- ids -----------------------------------------------------------------------------

    def joined(
        self,
        base: Mapping[str, Kind] | None,
        own: Mapping[str, Kind] | None,
        prefix: str | None = None,
    ) -> Table[Any, Kind]:
        """What the base has, then what the overlay adds; an id without its prefix is a problem."""
        begins = prefix or f"{self.overlay.prefix}_"
        present = base or {}
        for key in own or {}:
            if key in present:
                self.stands_already(key)
            elif not key.startswith(begins):
                self.problems.tell(
                    Code.NO_PREFIX,
                    place(key),
                    f"{quoted(key)} does not carry the prefix of this overlay",
                    f"every id that it adds begins with {begins}",
                    f"{begins}{key}",
                )
        new = {key: one for key, one in (own or {}).items() if key not in present}
        return {**present, **new}

    def stands_already(self, key: str) -> None:
        self.problems.tell(
            Code.OF_BASE,
            place(key),
            f"{quoted(key)} is of {self.whole.pathway} already",
            "an overlay adds, and changes nothing: a disagreement is an exclusion or an alert of "
            "level sources_differ",
        )


def _answers(factor: RawFactor) -> Iterable[str]:
    """The values, members and groups that answers to a factor name."""
    for every in (factor.values, factor.members, factor.groups):
        yield from every or ()
