"""A pathway folder to a checked pathway, or everything that is wrong with it."""

from collections.abc import Mapping
from pathlib import Path

from wizard.pathway.factors import DerivedFactor, Factor
from wizard.pathway.format.building import (
    caution_records,
    factor_record,
    finished,
    made,
    node_of,
    option_record,
)
from wizard.pathway.format.checks_claims import check_claims
from wizard.pathway.format.checks_factors import check_factors
from wizard.pathway.format.checks_lists import check_lists
from wizard.pathway.format.checks_wording import check_wording
from wizard.pathway.format.deriving import answer_alert, with_values
from wizard.pathway.format.digest import digest_of
from wizard.pathway.format.files import RawFiles
from wizard.pathway.format.folder import Snapshot, take_snapshot
from wizard.pathway.format.former import former_ids
from wizard.pathway.format.overlay import whole_files
from wizard.pathway.format.rules import Rules, guards_of, read_written, shared_trees
from wizard.pathway.format.schema import RawPathway
from wizard.pathway.format.vocabulary import Names
from wizard.pathway.format.walk import Walk
from wizard.pathway.model import Alert, Option, OptionGroup, Pathway, SharedTree
from wizard.pathway.nodes import place
from wizard.pathway.problems import PathwayErrors, Problem, Problems
from wizard.pathway.sources import Assumption, Claim
from wizard.record import Record, replace


def read_pathway(folder: Path, *, shipped: bool = False) -> Pathway:
    """Read and check a pathway folder.

    Raises PathwayErrors with everything that is wrong in any of its files.
    """
    return read_snapshot(take_snapshot(folder), shipped=shipped)


def read_snapshot(snapshot: Snapshot, *, shipped: bool) -> Pathway:
    """Check a folder's files as they were read.  Raises PathwayErrors."""
    reading = read_what_can_be(snapshot, shipped=shipped)
    if reading.problems or reading.pathway is None:
        raise PathwayErrors(reading.problems, snapshot.folder)
    return reading.pathway


class Reading(Record):
    """What could be read of a folder, and everything that is wrong with it.

    `pathway` is None where its questions are not known: pathway.yaml or factors.yaml is broken.
    `unread` are alerts.yaml, shared.yaml and the files of options that are broken, missing or not
    listed, by their paths; shared.yaml, too, where it lacks a usual setting that an option names.
    """

    pathway: Pathway | None
    unread: frozenset[str]
    problems: tuple[Problem, ...]


def read_what_can_be(snapshot: Snapshot, *, shipped: bool) -> Reading:
    """Read and check a folder's files as far as each can be."""
    problems = Problems(snapshot.problems)
    files = whole_files(snapshot, problems)
    check_lists(files, problems)
    check_claims(files, problems)
    check_wording(files, problems)
    if files.factors is None:
        return Reading(None, frozenset(), tuple(problems))
    unclear = check_factors(files.factors, problems)
    rules, factors, shared = _walk(files, unclear, problems)
    with_rules = {
        "factors": factors,
        "shared": shared,
        "options": _options(files, rules),
        "alerts": _all_alerts(files, rules),
    }
    if files.pathway is None:
        return Reading(None, frozenset(), tuple(problems))
    pathway = _pathway(snapshot, files.pathway, files, with_rules, shipped=shipped)
    unread = _unread(files.pathway, files)
    if any(_lost_setting(files, option) for option in pathway.options.values()):
        unread |= {"shared.yaml"}
    return Reading(pathway, unread, tuple(problems))


def _lost_setting(files: RawFiles, option: Option) -> bool:
    """Whether the usual setting of an option was written and could not be read."""
    raw = files.options.get(option.id)
    return raw is not None and raw.usual_setting is not None and option.usual_setting is None


def _unread(raw: RawPathway, files: RawFiles) -> frozenset[str]:
    options = {str(name) for name in (*raw.options, *files.options)}
    broken = {
        f"options/{name}.yaml"
        for name in options
        if name not in raw.options or files.options.get(name) is None
    }
    single = {"alerts.yaml": files.alerts, "shared.yaml": files.shared}
    return frozenset(broken | {name for name, read in single.items() if read is None})


def _steps(files: RawFiles) -> dict[str, str]:
    """The step of each factor, in the order of the walk."""
    if files.pathway is None:
        return {}
    return {str(factor): str(step.id) for step in files.pathway.steps for factor in step.factors}


def _walk(
    files: RawFiles, unclear: frozenset[str], problems: Problems
) -> tuple[Rules, dict[str, Factor], dict[str, SharedTree]]:
    """Factors and shared trees, with the rules that others are read by."""
    raw = {str(key): factor for key, factor in (files.factors or {}).items()}
    steps = _steps(files)
    ordered = [name for name in steps if name in raw]
    ordered += [name for name in raw if name not in steps]
    factors = {name: factor_record(raw[name], steps.get(name, "")) for name in ordered}
    shared = files.shared
    known = None if shared is None else frozenset(str(key) for key in shared)
    names = Names(factors, known, unclear=unclear)
    cited = replace(names, citing=True)
    written = {
        str(key): read_written(
            tree.position, cited, problems, when=node_of(tree.when), tree=node_of(tree.tree)
        )
        for key, tree in (shared or {}).items()
    }
    trees = shared_trees(written, problems)
    applies = {
        name: read_written(
            raw[name].position, names, problems, when=node_of(raw[name].applies_when)
        )
        for name in ordered
        if raw[name].applies_when is not None
    }
    walk = Walk(factors, {}, trees)
    guards = guards_of(applies, walk, frozenset(steps), problems)
    rules = Rules(names, replace(walk, guards=guards), problems)
    done = {
        name: replace(factor, applies_when=rules.rule(applies[name]) if name in applies else None)
        for name, factor in factors.items()
    }
    done |= {
        name: with_values(raw[name], factor, rules, frozenset(steps))
        for name, factor in done.items()
        if isinstance(factor, DerivedFactor)
    }
    records = {
        str(key): made(SharedTree, tree, rule=rules.rule(written[key]))
        for key, tree in (shared or {}).items()
    }
    return rules, done, records


def _options(files: RawFiles, rules: Rules) -> dict[str, Option]:
    """Options in the neutral order; those whose file is broken or missing are left out."""
    order = dict.fromkeys(files.options, "") if files.pathway is None else files.pathway.options
    return {
        str(key): option_record(raw, str(group), files.shared, rules)
        for key, group in order.items()
        if (raw := files.options.get(key)) is not None
    }


def _all_alerts(files: RawFiles, rules: Rules) -> dict[str, Alert]:
    """The alerts of alerts.yaml, then the cautions of each option in the neutral order.

    Last the tool's own: on answers to derived factors.
    """
    found: dict[str, Alert] = dict(finished(files.alerts or {}, rules))
    order = files.options if files.pathway is None else files.pathway.options
    actions = {} if files.pathway is None else files.pathway.actions
    for key in order:
        raw = files.options.get(key)
        if raw is not None:
            found.update(caution_records(raw, rules, actions))
    for factor in rules.names.factors.values():
        if isinstance(factor, DerivedFactor) and factor.may_be_answered:
            own = answer_alert(factor)
            found[own.id] = own
    return found


def _pathway(
    snapshot: Snapshot,
    raw: RawPathway,
    files: RawFiles,
    with_rules: Mapping[str, object],
    *,
    shipped: bool,
) -> Pathway:
    return made(
        Pathway,
        raw,
        id=raw.pathway,
        groups={key: OptionGroup(id=key, label=label) for key, label in raw.groups.items()},
        **with_rules,
        sources=files.sources or {},
        claims=_claims(files),
        former=former_ids(files),
        glossary=files.glossary or {},
        assumptions={key: Assumption(id=key, says=says) for key, says in raw.assumptions.items()},
        hazards={
            key: replace(hazard, places=tuple(place(test) for test in hazard.tests))
            for key, hazard in (files.hazards or {}).items()
        },
        digest=digest_of(snapshot.contents),
        shipped=shipped,
        folder=str(snapshot.folder.resolve()),
    )


def _claims(files: RawFiles) -> dict[str, Claim]:
    """Every claim, by source in the order of sources.yaml."""
    held = ((source, files.claims.get(source)) for source in files.sources or {})
    return {
        key: replace(claim, source=source)
        for source, raw in held
        if raw is not None
        for key, claim in raw.claims.items()
    }
