"""Whether what is said rests on claims and assumptions that exist, and each of these is used."""

from collections.abc import Iterator
from dataclasses import fields

from wizard.pathway.building import place
from wizard.pathway.checks_lists import unknown
from wizard.pathway.events import Text
from wizard.pathway.files import RawFiles, records
from wizard.pathway.model import Position
from wizard.pathway.problems import Problem, listed, nearest, quoted
from wizard.pathway.schema import RawNote, RawOption, RawSource, RawValue


def check_claims(files: RawFiles, problems: list[Problem]) -> None:
    """Add unknown, unused and doubly listed claims and assumptions."""
    _check_claims(files, problems)
    _check_assumptions(files, problems)


def _check_claims(files: RawFiles, problems: list[Problem]) -> None:
    known = {
        claim: key
        for raw in files.claims.values()
        if raw is not None
        for claim in raw.claims
        for key in (claim,)
    }
    broken = {name for name, raw in files.claims.items() if raw is None}
    used: set[str] = set()
    for claims in _claim_lists(files, problems):
        seen: set[str] = set()
        for claim in claims:
            if claim in seen:
                problems.append(Problem(claim.position, f"{quoted(claim)} stands twice here"))
            seen.add(claim)
            if claim not in known and claim.partition("-")[0] not in broken:
                problems.append(_unknown_claim(claim, files, set(known)))
        used |= seen
    hidden = files.pathway.not_surfaced if files.pathway is not None else {}
    for claim in hidden:
        key = _key(claim)
        if claim not in known and claim.partition("-")[0] not in broken:
            problems.append(_unknown_claim(key, files, set(known)))
        elif claim in used:
            problems.append(
                Problem(
                    key.position,
                    f'the claim "{claim}" is used, and not_surfaced says that it is not',
                    "take it out here",
                )
            )
    if files.whole:
        problems.extend(
            Problem(
                place(claim),
                f'the claim "{claim}" is used nowhere',
                "use it on a card, in a statement, a factor, an alert or the glossary, or give "
                "the reason under not_surfaced in pathway.yaml",
            )
            for claim in known
            if claim not in used and claim not in hidden
        )


def _key(key: str) -> Text:
    return key if isinstance(key, Text) else Text(key, Position("pathway.yaml", 1, 1))


def _unknown_claim(claim: Text, files: RawFiles, known: set[str]) -> Problem:
    source = claim.partition("-")[0]
    same = sorted(one for one in known if one.startswith(source + "-"))
    expected = (
        f"the claims of {source} go from {same[0]} to {same[-1]}"
        if same
        else f"there are claims of {listed(sorted(files.claims)) or 'no source'}"
    )
    return Problem(
        claim.position,
        f"there is no claim {quoted(claim)}",
        expected,
        nearest(claim, same or known),
    )


def _claim_lists(files: RawFiles, problems: list[Problem]) -> Iterator[list[Text]]:
    """Every list of claims in the files; an empty one that may not be so is a problem."""
    for part in fields(files):
        for key, top in _tops(getattr(files, part.name)):
            for record in records(top):
                yield from _record_lists(key, record, problems)


def _tops(part: object) -> Iterator[tuple[Position, object]]:
    if isinstance(part, dict):
        for key, value in part.items():
            start = Position(f"options/{key}.yaml", 1, 1)
            yield (key.position if isinstance(key, Text) else start), value


def _record_lists(top: Position, record: object, problems: list[Problem]) -> Iterator[list[Text]]:
    if isinstance(record, RawSource):
        yield record.card
        yield record.leaves_out
        return
    claims = getattr(record, "claims", None)
    if type(claims) is list:
        if not claims and not isinstance(record, RawValue | RawNote):
            label = getattr(record, "label", None) or getattr(record, "term", None)
            problems.append(_uncited(label.position if isinstance(label, Text) else top))
        yield claims
    if isinstance(record, RawOption):
        for rows in (record.card, *record.cautions.values()):
            for key, listed_claims in rows.items():
                if not listed_claims:
                    problems.append(_uncited(place(key)))
                yield listed_claims


def _uncited(position: Position) -> Problem:
    return Problem(position, "this rests on no claim", "name one claim at least")


def _check_assumptions(files: RawFiles, problems: list[Problem]) -> None:
    if files.pathway is None:
        return
    used: set[str] = set()
    for part in fields(files):
        whole = getattr(files, part.name)
        for record in records(whole):
            for assumption in getattr(record, "assumes", ()):
                unknown(assumption, "assumption", files.pathway.assumptions, problems)
                used.add(assumption)
    if files.whole:
        problems.extend(
            Problem(
                place(key),
                f'nothing rests on the assumption "{key}"',
                'name it under "assumes" where it is made, or take it out',
            )
            for key in files.pathway.assumptions
            if key not in used
        )
