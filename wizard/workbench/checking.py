"""Everything that is wrong with a pathway folder, and what else its maintainer has to see."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from wizard.case.answers import UNKNOWN
from wizard.case.files import Case, CaseErrors, case_form_problems, read_regression_cases
from wizard.engine.compiling import compile_pathway
from wizard.engine.disorder import BudgetExceededError
from wizard.engine.restriction import Restriction
from wizard.pathway.cache import keep
from wizard.pathway.codes import Code
from wizard.pathway.format.folder import take_snapshot
from wizard.pathway.load import checked_before, key_of
from wizard.pathway.model import Pathway, Status
from wizard.pathway.nodes import Entries, Node
from wizard.pathway.position import Position
from wizard.pathway.problems import PathwayErrors, Problem
from wizard.reasoning.showing import status
from wizard.record import NOTHING
from wizard.wording.notices import review_line
from wizard.wording.text import counted
from wizard.workbench.copying import copied_words
from wizard.workbench.documents import AnchorState, Document, DocumentState, documents
from wizard.workbench.findings import Finding
from wizard.workbench.hazards import checkout_of, hazard_problems, tests_of_code


def read_whole(folder: Path, *, shipped: bool) -> tuple[Pathway, dict[str, Case]]:
    """A pathway and its cases.

    Cases are checked against what could be read of the pathway, so that a mistake in one file does
    not hide those in another.  Raises PathwayErrors with everything that is wrong.
    """
    pathway, unread, found = _read(folder, shipped=shipped)
    cases, problems = with_cases(folder, pathway, unread, found)
    if problems or pathway is None:
        raise PathwayErrors(problems, folder)
    return pathway, cases


def with_cases(
    folder: Path,
    pathway: Pathway | None,
    unread: frozenset[str],
    found: tuple[Problem, ...],
    drafts: Mapping[str, bytes | Entries] = NOTHING,
) -> tuple[dict[str, Case], tuple[Problem, ...]]:
    """The cases of a pathway, as far as it could be read, and everything that is wrong.

    `found` is what is wrong with its files; `drafts` are what stands in place of files.
    """
    of_cases = {name: held for name, held in drafts.items() if name.startswith("cases/")}
    if pathway is None:
        return {}, (*found, *case_form_problems(folder / "cases", of_cases))
    problems = list(found)
    cases: dict[str, Case] = {}
    try:
        cases = read_regression_cases(folder / "cases", pathway, unread, of_cases)
    except CaseErrors as errors:
        problems.extend(errors.problems)
    problems.extend(hazard_problems(pathway, folder))
    if not found:
        problems.extend(_compiling_problems(pathway))
    if problems:
        from wizard.workbench.causes import with_causes

        return cases, tuple(with_causes(problems, folder, drafts))
    return cases, ()


def _read(
    folder: Path, *, shipped: bool
) -> tuple[Pathway | None, frozenset[str], tuple[Problem, ...]]:
    """The pathway as far as it can be read, its files that cannot be, and what is wrong.

    Files in which nothing was wrong before are not read again.
    """
    snapshot = take_snapshot(folder)
    key = key_of(snapshot)
    before = checked_before(snapshot, key)
    if before is not None:
        return before, frozenset(), ()
    from wizard.pathway.format.reading import (
        read_what_can_be,
    )

    reading = read_what_can_be(snapshot, shipped=shipped)
    if reading.pathway is not None and not reading.problems:
        keep(key, reading.pathway)
    return reading.pathway, reading.unread, reading.problems


def findings(
    pathway: Pathway,
    cases: Mapping[str, Case],
    folder: Path,
    drafts: Mapping[str, bytes | Entries] = NOTHING,
) -> Iterator[Finding]:
    """What else there is to see in a pathway without mistakes.

    `drafts` are what stands in place of files.
    """
    yield from review_findings(pathway)
    yield from case_findings(pathway, cases, folder, drafts)
    yield from hazard_findings(pathway, folder)


def review_findings(pathway: Pathway) -> Iterator[Finding]:
    """A review that has lapsed, with the digest that the next one has to name."""
    if pathway.reviewed is not None and pathway.review_lapsed:
        what = (
            f"{review_line(pathway).rstrip('.')}; a clinician who has reviewed this content "
            f"writes the digest {pathway.digest}"
        )
        yield Finding(Code.REVIEW_LAPSED, pathway.reviewed.position, what)


def case_findings(
    pathway: Pathway,
    cases: Mapping[str, Case],
    folder: Path,
    drafts: Mapping[str, bytes | Entries] = NOTHING,
) -> Iterator[Finding]:
    """Answers of cases that have no effect, since their questions do not apply.

    A case that names them under `parked` means it.
    """
    compiled = compile_pathway(pathway)
    for name, case in cases.items():
        asked = [
            factor
            for factor in case.answers
            if pathway.factors[factor].applies_when is not None and case.answers[factor] != UNKNOWN
        ]
        if not asked or case.expect is None or case.expect.parked is not None:
            continue
        view = Restriction(compiled.diagrams, compiled.space.allowed(case.answers))
        for factor in asked:
            if status(view, compiled.applies[factor]) is Status.NOT_DESCRIBED:
                file = f"cases/{name}"
                yield Finding(
                    Code.IDLE_ANSWER,
                    _answer_place(drafts.get(file, folder / file), file, factor),
                    f'"{factor}" does not apply where the other answers hold, so this answer has '
                    'no effect; take it out, or name it under "parked" in what is expected',
                )


def _answer_place(source: Path | bytes | Entries, name: str, factor: str) -> Position:
    """Where a case answers a factor, or begins where it calls the factor by an id of before."""
    from wizard.pathway.format.events import (
        read_yaml,
    )

    if isinstance(source, Entries):
        root: Node = source
    else:
        root = read_yaml(source, name, empty_values=True)
    answers = root[root.key("answers")] if isinstance(root, Entries) else root
    if isinstance(answers, Entries) and factor in answers:
        return answers.key(factor).position
    return root.position


def hazard_findings(pathway: Pathway, folder: Path) -> Iterator[Finding]:
    """That tests of the code which hazards name cannot be looked up outside a checkout."""
    held = [hazard for hazard in pathway.hazards.values() if tests_of_code(hazard)]
    if held and not pathway.shipped and checkout_of(folder) is None:
        yield Finding(
            Code.UNSEEN_CONTROL,
            held[0].position,
            f"{counted(len(held), 'hazard')} from this one on name tests of the program, which can "
            "be looked up only inside a checkout of it",
        )


def document_findings(pathway: Pathway, folder: Path) -> Iterator[Finding]:
    """Anchors that do not stand where their claims say, and words that are a document's own.

    A copy that is not the document that the pathway knows is a warning, and so are the anchors
    that it lacks.  Raises OSError.
    """
    for document in documents(pathway, folder):
        source = document.source
        if document.state is not DocumentState.SAME:
            what = f"the copy of {source.file} is {document.state}, so it proves nothing"
            yield Finding(Code.COPY_DIFFERS, source.position, what)
        yield from _anchor_findings(document)
    for copied in copied_words(pathway, folder):
        what = f'these words stand in {copied.source}: "{copied.words}"; say it in your own words'
        yield Finding(Code.COPIED_WORDS, copied.position, what)


def _anchor_findings(document: Document) -> Iterator[Finding]:
    same = document.state is DocumentState.SAME
    for anchor in document.anchors:
        if anchor.state is not AnchorState.FOUND:
            claim = anchor.claim
            where = f"on {', '.join(map(str, anchor.lines[:10]))}" if anchor.lines else "nowhere"
            what = (
                f'the anchor "{claim.anchor}" of {claim.id} does not stand on lines {claim.lines} '
                f"of {document.source.file}; it stands {where}"
            )
            code = Code.ANCHOR_MOVED if same else Code.ANCHOR_UNPROVED
            yield Finding(code, claim.position, what)


def _compiling_problems(pathway: Pathway) -> list[Problem]:
    try:
        compile_pathway(pathway)
    except BudgetExceededError as error:
        return [Problem(Code.TOO_LARGE, error.position, error.message)]
    except PathwayErrors as errors:
        return list(errors.problems)
    return []
