"""Whether what is said rests on claims and assumptions that exist, and each of these is used."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from wizard.pathway.codes import Code
from wizard.pathway.fields import Unread
from wizard.pathway.format.checks_lists import unknown
from wizard.pathway.format.files import RawFiles
from wizard.pathway.format.schema import (
    RawCaution,
    RawClaims,
    RawOption,
    RawPathway,
    RawStatement,
)
from wizard.pathway.model import Exclusion
from wizard.pathway.nodes import Entries, Items, Node, Text, place
from wizard.pathway.problems import Problem, Problems, listed, nearest, quoted, two_names
from wizard.pathway.sources import Claim, Source


def check_claims(files: RawFiles, problems: Problems) -> None:
    """Add unknown, unused and doubly listed claims and assumptions, and words of no list."""
    known = {
        claim: claim for raw in files.claims.values() if raw is not None for claim in raw.claims
    }
    _check_claims(files, known, problems)
    _check_for_anyone(files, problems)
    _check_documents(files, known, problems)
    _check_statements(files, problems)
    _check_shared(files, problems)
    if files.pathway is not None:
        _check_cautions(files, files.pathway, problems)
        _check_assumptions(files, files.pathway, problems)


def _check_claims(files: RawFiles, known: Mapping[str, str], problems: Problems) -> None:
    sources = {*files.claims, *(files.sources or {})}
    broken = {name for name in sources if files.claims.get(name) is None}
    used: set[str] = set()
    every: list[str] = []
    for claims in map(tuple, _claim_lists(files)):
        every += claims
        seen: set[str] = set()
        for claim in claims:
            if claim in seen:
                problems.tell(Code.NAMED_TWICE, place(claim), f"{quoted(claim)} stands twice here")
            seen.add(claim)
        used |= seen
    hidden = files.pathway.not_surfaced if files.pathway is not None else {}
    every += hidden
    problems.extend(_unknown_claims(every, known, broken))
    problems.extend(_claims_taken_out(every, known, broken))
    for claim in hidden:
        if claim in used:
            problems.tell(
                Code.NEEDLESS_EXCEPTION,
                place(claim),
                f'the claim "{claim}" is used, and not_surfaced says that it is not',
                "take it out here",
            )
    for claim in known:
        if files.whole and claim not in used and claim not in hidden:
            problems.append(
                Problem(
                    Code.UNUSED_CLAIM,
                    place(claim),
                    f'the claim "{claim}" is used nowhere',
                    "use it on a card, in a statement, a factor, an alert or the glossary, or give "
                    "the reason under not_surfaced in pathway.yaml",
                    cause=f"unused claim {claim}",
                )
            )


def _check_cautions(files: RawFiles, pathway: RawPathway, problems: Problems) -> None:
    """What a document says to do, and of what it says it, is in the lists of pathway.yaml."""
    for record in files.records:
        if isinstance(record, Claim | RawCaution) and record.action is not None:
            unknown(record.action, "action", pathway.actions, problems)
        if isinstance(record, Claim) and record.stated_for is not None:
            unknown(record.stated_for, "stated_for", pathway.stated_for, problems)


def _check_for_anyone(files: RawFiles, problems: Problems) -> None:
    """What every output says of an option stands on its card too."""
    for raw in files.options.values():
        if raw is not None:
            on_card = {claim for row in raw.card.values() for claim in row}
            for claim in raw.for_anyone:
                if claim not in on_card:
                    problems.tell(
                        Code.NOT_ON_CARD,
                        place(claim),
                        f"{quoted(claim)} is not on the card of this option",
                        "for_anyone names claims of the card; add it to a row of the card",
                    )


def _check_documents(files: RawFiles, known: Collection[str], problems: Problems) -> None:
    """Each statement and each exclusion rests on one document.

    A claim that there is not says nothing of its document where that has its claims.
    """
    readable = {name for name, raw in files.claims.items() if raw is not None}
    for record in files.records:
        if not isinstance(record, RawStatement | Exclusion):
            continue
        what = "exclusion" if isinstance(record, Exclusion) else "statement"
        first: dict[str, str] = {}
        tree = record.tree if isinstance(record, RawStatement) else None
        rules = (record.when, tree)
        ways = (claims_in(each.node) for each in rules if isinstance(each, Unread))
        own = (claim for lists in ways for claims in lists for claim in claims)
        for claim in (*record.claims, *own):
            source = claim.partition("-")[0]
            if claim in known or (source not in readable and source in files.claims):
                first.setdefault(source, claim)
        if len(first) > 1:
            problems.tell(
                Code.TWO_DOCUMENTS,
                place(list(first.values())[1]),
                f'the {what} "{record.id}" rests on claims of {listed(first)}',
                f"each {what} is one sentence of one document: write one for each document",
            )


def _check_statements(files: RawFiles, problems: Problems) -> None:
    """Each statement rests on claims: its own, or those that each of its ways has."""
    for record in files.records:
        if not isinstance(record, RawStatement) or record.claims:
            continue
        rules = [each.node for each in (record.when, record.tree) if isinstance(each, Unread)]
        if not all(map(_cited, rules)):
            problems.tell(
                Code.NO_CLAIM,
                record.position,
                f'the statement "{record.id}" has no claims',
                '"claims" were expected, or claims on each of its ways',
            )


def _cited(node: Node) -> bool:
    """Whether each way of a condition, and each leaf of a tree that describes, has claims."""
    if isinstance(node, Text):
        return node == "not_described"
    if isinstance(node, Items):
        return all(map(_cited, node))
    if "ask" in node:
        return all(_cited(value) for key, value in node.items() if key != "ask")
    alternatives = node[node.key("any")] if "any" in node else None
    if isinstance(alternatives, Items) and _cited(alternatives):
        return True
    return "claims" in node or "described" in node


def _check_shared(files: RawFiles, problems: Problems) -> None:
    """Each shared tree rests on claims: its own, or those of its ways."""
    for name, shared in (files.shared or {}).items():
        nodes = [each.node for each in (shared.when, shared.tree) if isinstance(each, Unread)]
        if not shared.claims and not any(list(claims_in(node)) for node in nodes):
            problems.tell(
                Code.NO_CLAIM,
                place(name),
                f'the shared tree "{name}" has no claims',
                '"claims" were expected, or claims on its ways',
            )


def _unknown_claims(
    claims: Iterable[str], known: Collection[str], broken: Collection[str]
) -> Iterator[Problem]:
    for claim in claims:
        source = claim.partition("-")[0]
        if claim in known or source in broken:
            continue
        same = sorted(one for one in known if one.startswith(source + "-"))
        names = sorted({one.partition("-")[0] for one in known})
        if (several := two_names(claim, known)) is not None:
            yield Problem(
                Code.UNKNOWN_CLAIM, place(claim), f"there is no claim {quoted(claim)}", several
            )
            continue
        yield Problem(
            Code.UNKNOWN_CLAIM,
            place(claim),
            f"there is no claim {quoted(claim)}",
            f"the claims of {source} go from {same[0]} to {same[-1]}"
            if same
            else f"there are claims of {listed(names) or 'no source'}",
            nearest(claim, same or known),
            cause=f"claim {claim}",
        )


def _claims_taken_out(
    claims: Iterable[str], known: Mapping[str, str], broken: Collection[str]
) -> Iterator[Problem]:
    """The places where claims are missing that several places name, so nobody mistyped them."""
    times = Counter(str(claim) for claim in claims)
    for claim, number in times.items():
        source, _, digits = claim.partition("-")
        if number == 1 or claim in known or source in broken:
            continue
        numbered = {one for one in known if one.startswith(f"{source}-") and digits.isdecimal()}
        behind = [one for one in numbered if int(one.partition("-")[2]) > int(digits)]
        if behind and len(behind) < len(numbered):
            after = min(behind)
            yield Problem(
                Code.UNKNOWN_CLAIM,
                place(known[after]),
                f"there is no claim {quoted(claim)} before this one, and others name it",
                "put it back here, or take it out of each of these places",
                cause=f"claim {claim}",
                leads=True,
            )


def _claim_lists(files: RawFiles) -> Iterator[Iterable[str]]:
    """Every list of claims in the files."""
    for record in files.records:
        if isinstance(record, Source):
            yield record.card
            yield record.leaves_out
        elif isinstance(record, RawOption):
            yield from record.card.values()
            yield record.for_anyone
            if isinstance(record.cautions, Mapping):
                for rows in record.cautions.values():
                    yield from rows.values()
        elif isinstance(record, Unread):
            yield from claims_in(record.node)
        elif not isinstance(record, RawClaims):
            yield getattr(record, "claims", None) or ()


def claims_in(node: Node) -> Iterator[tuple[Text, ...]]:
    """The lists of claims on ways and leaves of a condition or a tree."""
    if isinstance(node, Items):
        for one in node:
            yield from claims_in(one)
    elif isinstance(node, Entries):
        for key, value in node.items():
            if isinstance(value, Items) and key in ("claims", "described"):
                yield tuple(word for word in value if isinstance(word, Text))
            else:
                yield from claims_in(value)


def _check_assumptions(files: RawFiles, pathway: RawPathway, problems: Problems) -> None:
    used: set[str] = set()
    for record in files.records:
        for assumption in getattr(record, "assumes", ()):
            unknown(assumption, "assumption", pathway.assumptions, problems)
            used.add(assumption)
    if files.whole:
        for key in pathway.assumptions:
            if key not in used:
                problems.append(
                    Problem(
                        Code.UNUSED_ASSUMPTION,
                        place(key),
                        f'nothing rests on the assumption "{key}"',
                        'name it under "assumes" where it is made, or take it out',
                        cause=f"unused assumption {key}",
                    )
                )
