"""The ids that things had before (`was`): each means one thing, and what that is called now."""

from collections.abc import Iterator

from wizard.pathway.codes import Code
from wizard.pathway.format.files import RawFiles
from wizard.pathway.nodes import place
from wizard.pathway.problems import Problems, quoted


def caution_id(option: str, name: str) -> str:
    """The alert that a caution of an option becomes; named by an answer or by its first claim."""
    return f"{option}_caution.{name.lower().replace('-', '_')}"


def answer_alert_id(factor: str) -> str:
    """The tool's own alert on an answer to a derived factor that nothing would work out."""
    return f"{factor}.not_worked_out"


def former_ids(files: RawFiles) -> dict[str, str]:
    """The present id by the kind and the id of before, as `Pathway.former` has it."""
    return {f"{kind} {before}": now for kind, before, now in _former(files)}


def check_former_ids(files: RawFiles, problems: Problems) -> None:
    """An id of before is not one of now, and was that of one thing."""
    present = {(kind, name) for kind, name, _ in _named(files)}
    seen: dict[tuple[str, str], str] = {}
    for kind, name, was in _named(files):
        for before in was:
            of = name.rpartition(".")[0]
            key = kind, f"{of}.{before}" if of else str(before)
            if key in present:
                problems.tell(
                    Code.FORMER_ID,
                    place(before),
                    f"{quoted(before)} is the id of something now",
                    "was names ids that are no longer used; take it out",
                )
            elif key in seen:
                problems.tell(
                    Code.FORMER_ID,
                    place(before),
                    f"{quoted(before)} was the id of {seen[key]} too",
                    "keep one",
                )
            seen.setdefault(key, name)


def _named(files: RawFiles) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Kind, id (of a value with its factor) and the ids of before, of all that may have any."""
    for key, option in files.options.items():
        if option is not None:
            yield "option", str(key), option.was
    for key, factor in (files.factors or {}).items():
        yield "factor", str(key), factor.was
        for name, value in {**(factor.values or {}), **(factor.members or {})}.items():
            yield "value", f"{key}.{name}", value.was
    for claims in files.claims.values():
        for key, claim in {} if claims is None else claims.claims.items():
            yield "claim", str(key), claim.was


def _former(files: RawFiles) -> Iterator[tuple[str, str, str]]:
    """Kind, id of before and id of now."""
    before: dict[str, list[str]] = {}
    for kind, name, was in _named(files):
        of, _, now = name.rpartition(".")
        for each in was:
            if kind == "factor":
                yield "alert", answer_alert_id(each), answer_alert_id(now)
            yield kind, f"{of}.{each}" if of else str(each), now
        if was and kind != "factor":
            before.setdefault(now, []).extend(map(str, was))
    if before:
        yield from _of_cautions(files, before)


def _of_cautions(files: RawFiles, before: dict[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    """The alerts that the cautions of options became, under every name that they had."""
    for key, option in files.options.items():
        if option is None:
            continue
        listed = option.cautions if isinstance(option.cautions, tuple) else ()
        answers = {} if isinstance(option.cautions, tuple) else option.cautions
        names = [str(value) for values in answers.values() for value in values]
        names += [str(each.claims[0]) for each in (*listed, *option.more_cautions)]
        for name in names:
            now = caution_id(str(key), name)
            options = (str(key), *before.get(str(key), ()))
            ids = {caution_id(o, n) for o in options for n in (name, *before.get(name, ()))}
            yield from (("alert", each, now) for each in sorted(ids - {now}))
