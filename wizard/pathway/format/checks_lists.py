"""Whether pathway.yaml and the other files name the same things."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from wizard.pathway.codes import Code
from wizard.pathway.factors import Value, ValueGroup
from wizard.pathway.fields import CHECK_CONDITIONS, Unread
from wizard.pathway.format.files import RawFiles
from wizard.pathway.format.former import check_former_ids
from wizard.pathway.format.schema import RawFactor, RawOption, RawPathway, RawUsualSetting
from wizard.pathway.model import Aim
from wizard.pathway.model_fields import UnreadCheck
from wizard.pathway.nodes import Entries, Items, Text, place
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem, Problems, listed, nearest, quoted, two_names
from wizard.pathway.sources import Source


def check_lists(files: RawFiles, problems: Problems) -> None:
    """Add every name that one file lists and another does not have, and the reverse."""
    if files.pathway is not None:
        _check_steps(files.pathway, files, problems)
        _check_options(files.pathway, files, problems)
        _check_versions(files.pathway, problems)
    _check_claims_files(files, problems)
    _check_alerts(files, problems)
    _check_aims(files, problems)
    _check_shared(files, problems)
    check_former_ids(files, problems)
    _check_other_words(files, problems)
    _check_short_labels(files, problems)
    for key, hazard in (files.hazards or {}).items():
        if bool(hazard.tests) == (hazard.planned is not None):
            problems.tell(
                Code.NO_CONTROL,
                place(key),
                f'the hazard "{key}" needs either "tests" or "planned"',
                "name the tests that hold its control, or say what is planned",
            )


_OF_NO_LIST: Final = {
    "factor": Code.UNKNOWN_FACTOR,
    "option": Code.UNKNOWN_OPTION,
    "assumption": Code.UNKNOWN_ASSUMPTION,
}


def unknown(word: str, what: str, known: Collection[str], problems: Problems) -> None:
    """Add a problem unless the word is known."""
    several = two_names(word, known)
    if word not in known:
        problems.append(
            Problem(
                _OF_NO_LIST.get(what, Code.UNKNOWN_NAME),
                place(word),
                f"there is no {what} {quoted(word)}",
                several or (f"known are {listed(known, near=word)}" if known else "none is known"),
                None if several else nearest(word, known),
                cause=f"{what} {word}",
                leads=place(word).file == "pathway.yaml",
            )
        )


def _twice(words: Iterable[str], where: str, problems: Problems) -> None:
    seen: dict[str, Position] = {}
    for word in words:
        if word in seen:
            problems.tell(
                Code.NAMED_TWICE,
                place(word),
                f"{quoted(word)} stands twice {where}",
                f"it is already on line {seen[word].line}",
            )
        seen.setdefault(str(word), place(word))


def _check_other_words(files: RawFiles, problems: Problems) -> None:
    """Each of the other words for something stands once, and is not its label already."""
    for record in files.records:
        label = getattr(record, "label", None)
        seen = {label.casefold(): label} if isinstance(label, str) else {}
        for word in getattr(record, "also", ()):
            other = seen.setdefault(word.casefold(), word)
            if other is not word:
                there, elsewhere = place(other), place(other).file != place(word).file
                where = f"in {there.file} on line" if elsewhere else "on line"
                problems.tell(
                    Code.LABEL_OF_TWO,
                    place(word),
                    f"{quoted(word)} is named already",
                    f"it stands {where} {there.line}; capitals make no difference",
                )


def _check_short_labels(files: RawFiles, problems: Problems) -> None:
    """A short label names one thing of its list: factors, answers of one, options, documents."""
    factors = [*(files.factors or {}).values()]
    answers = (
        [entry for each in (raw.values, raw.members, raw.groups) for entry in (each or {}).values()]
        for raw in factors
    )
    options = [option for option in files.options.values() if option is not None]
    sources = [*(files.sources or {}).values()]
    lists: list[Sequence[RawFactor | RawOption | Value | ValueGroup | Source]] = [
        *(factors, options, sources),
        *answers,
    ]
    for entries in lists:
        seen: dict[str, str] = {}
        for entry in entries:
            name = entry.short or ("" if isinstance(entry, Source) else entry.label)
            other = seen.setdefault(name.casefold(), name)
            if other is not name and entry.short:
                problems.tell(
                    Code.LABEL_OF_TWO,
                    place(name),
                    f"{quoted(name)} is the short label of two things",
                    f"the other one stands in {place(other).file} on line {place(other).line}",
                )


def _check_steps(raw: RawPathway, files: RawFiles, problems: Problems) -> None:
    listed_factors = [factor for step in raw.steps for factor in step.factors]
    _twice(listed_factors, "in the steps", problems)
    for step in raw.steps:
        if not step.factors:
            problems.tell(
                Code.EMPTY_PART,
                place(step.id),
                f'the step "{step.id}" asks nothing',
                "name factors",
            )
    if files.factors is None:
        return
    for factor in listed_factors:
        unknown(factor, "factor", files.factors, problems)
    steps = listed(step.id for step in raw.steps)
    for key in files.factors:
        if key not in listed_factors:
            problems.append(
                Problem(
                    Code.FACTOR_IN_NO_STEP,
                    place(key),
                    f'no step of pathway.yaml asks "{key}"',
                    f"add it to the factors of one of the steps {steps}",
                    cause=f"unused factor {key}",
                )
            )


def _check_options(raw: RawPathway, files: RawFiles, problems: Problems) -> None:
    misnamed = {
        name: str(option.option)
        for name, option in files.options.items()
        if option is not None
        and name not in raw.options
        and option.option in raw.options
        and option.option not in files.options
    }
    for key, group in raw.options.items():
        unknown(group, "group", raw.groups, problems)
        if key not in files.options and key not in misnamed.values():
            problems.append(
                Problem(
                    Code.MISSING_FILE,
                    place(key),
                    f'the option "{key}" has no file options/{key}.yaml',
                    "write the file, put it back, or take the option out",
                    nearest(key, files.options),
                    cause=f"file options/{key}.yaml",
                )
            )
    used = set(raw.options.values())
    whole = files.options.keys() <= raw.options.keys() | misnamed.keys()
    for key in raw.groups:
        if key not in used and whole:
            what = f'no option is in the group "{key}"'
            problems.append(Problem(Code.EMPTY_PART, place(key), what, cause=f"unused group {key}"))
    for name, option in files.options.items():
        start = Position(f"options/{name}.yaml", 1, 1)
        if name not in raw.options and name not in misnamed:
            problems.append(
                Problem(
                    Code.UNLISTED_OPTION,
                    start,
                    f'pathway.yaml does not list the option "{name}"',
                    "add it under options, with its group",
                    nearest(name, raw.options),
                    cause=f"option {name}",
                )
            )
        if option is not None and option.option != name:
            problems.tell(
                Code.WRONG_FILE_NAME,
                place(option.option),
                f'the file is named {name}.yaml and holds the option "{option.option}"',
                f"name the file {option.option}.yaml as pathway.yaml has it"
                if name in misnamed
                else "the two must be the same",
            )
        if option is not None and not option.statements:
            problems.tell(
                Code.EMPTY_PART,
                place(option.option),
                "the option has no statement, so it never shows",
            )


def _check_versions(raw: RawPathway, problems: Problems) -> None:
    """The version of the pathway, and the one that was reviewed, stand in the change log."""
    logged = [change.version for change in raw.changes]
    review = () if raw.reviewed is None else (raw.reviewed.version,)
    for version in (raw.version, *review):
        if version not in logged:
            problems.tell(
                Code.UNLOGGED_VERSION,
                place(version),
                f"the change log has no entry for the version {quoted(version)}",
                'write under "changes" what is new in it',
            )


def _check_claims_files(files: RawFiles, problems: Problems) -> None:
    for name, claims in files.claims.items():
        start = Position(f"claims/{name}.yaml", 1, 1)
        if files.sources is not None and name not in files.sources:
            problems.tell(
                Code.UNKNOWN_SOURCE,
                start,
                f'sources.yaml has no source "{name}"',
                f"the sources are {listed(files.sources, near=name)}",
                nearest(name, files.sources),
            )
        if claims is None:
            continue
        if claims.source != name:
            problems.tell(
                Code.WRONG_FILE_NAME,
                place(claims.source),
                f'the file is named {name}.yaml and holds the source "{claims.source}"',
                "the two must be the same",
            )
        for key in claims.claims:
            if key.partition("-")[0] != name:
                problems.tell(
                    Code.OTHER_SOURCE,
                    place(key),
                    f'the claim "{key}" stands in the file of {name}',
                    f"claims of this file begin with {name}-",
                )
    for source in files.sources or {}:
        if source not in files.claims:
            problems.append(
                Problem(
                    Code.MISSING_FILE,
                    place(source),
                    f'"{source}" has no file claims/{source}.yaml',
                    "write the file, or put it back",
                    cause=f"file claims/{source}.yaml",
                )
            )


def _check_alerts(files: RawFiles, problems: Problems) -> None:
    known = tuple(files.options if files.pathway is None else files.pathway.options)
    for alert in (files.alerts or {}).values():
        checked = alert.check.written if isinstance(alert.check, UnreadCheck) else {}
        # A condition under another name is told where it is read.
        options = [
            option
            for option, value in checked.items()
            if option not in CHECK_CONDITIONS and isinstance(value, Text)
        ]
        for option in (*alert.about, *options):
            unknown(option, "option", known, problems)


def _check_aims(files: RawFiles, problems: Problems) -> None:
    """One aim has one label, wherever it stands; what most places call it is taken to be right."""
    labels: dict[str, list[str]] = {}
    for aim in (record for record in files.records if isinstance(record, Aim)):
        labels.setdefault(str(aim.id), []).append(aim.label)
    for aim_id, said in labels.items():
        (usual, times), *_ = Counter(map(str, said)).most_common(1)
        there = place(next(label for label in said if label == usual))
        others = f" and {times - 1} more" if times > 1 else ""
        for label in said:
            if label != usual:
                problems.append(
                    Problem(
                        Code.LABEL_OF_TWO,
                        place(label),
                        f'the aim "{aim_id}" is labelled {quoted(label)}',
                        f"{there}{others} label it {quoted(usual)}; one aim has one label"
                        if others
                        else f"{there} labels it {quoted(usual)}; one aim has one label",
                        cause=f"label of the aim {aim_id}: {label}",
                    )
                )


def _check_shared(files: RawFiles, problems: Problems) -> None:
    """Every shared tree is used, since its claims show only where it is."""
    used = {name for record in files.records for name in _used_names(record)}
    for key in files.shared or {}:
        if files.whole and key not in used:
            problems.append(
                Problem(
                    Code.UNUSED_TREE,
                    place(key),
                    f'the shared tree "{key}" is used nowhere',
                    f'write "use: {key}" where it is meant, or take it out',
                    cause=f"unused shared tree {key}",
                )
            )


def _used_names(record: object) -> Iterator[str]:
    match record:
        case RawUsualSetting(use=str() as name):
            yield name
        case Unread(node=node):
            yield from _uses(node)
        case UnreadCheck(written=written):
            for condition in written.values():
                yield from _uses(condition)


def _uses(node: object) -> Iterator[str]:
    if isinstance(node, Entries):
        for key, value in node.items():
            if key == "use":
                named = value if isinstance(value, Items) else [value]
                yield from (name for name in named if isinstance(name, Text))
            yield from _uses(value)
    elif isinstance(node, Items):
        for one in node:
            yield from _uses(one)
