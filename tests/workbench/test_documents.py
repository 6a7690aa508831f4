"""Anchors and digests: documents made here, and the real ones where a variable names them."""

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from tests.edits import edit
from tests.small import shipped
from wizard.pathway.model import Pathway
from wizard.workbench.documents import AnchorState, Document, DocumentState, documents, plain

REAL = "MDT_WIZARD_DOCUMENTS"


def made(pathway: Pathway, folder: Path) -> Pathway:
    """Documents in which each anchor stands on the first line of its claim; their digests."""
    sources = {}
    for source in pathway.sources.values():
        lines = [""] * 400
        for claim in pathway.claims.values():
            if claim.source == source.id:
                first = int(claim.lines.replace("-", ",").split(",")[0])
                lines[first - 1] += f" {claim.anchor} and more;"
        data = "\n".join(lines).encode()
        (folder / source.file).write_bytes(data)
        sources[source.id] = replace(source, sha256=sha256(data).hexdigest())
    return replace(pathway, sources=sources)


def one(found: tuple[Document, ...], source: str) -> Document:
    return next(document for document in found if document.source.id == source)


def edit_source(pathway: Pathway, folder: Path, source: str, was: str, now: str) -> None:
    edit(folder / pathway.sources[source].file, was, now)


def test_documents_as_they_were(small_pathway: Pathway, tmp_path: Path) -> None:
    pathway = made(small_pathway, tmp_path)
    found = documents(pathway, tmp_path)
    assert [document.changed for document in found] == [False] * len(pathway.sources)
    assert {a.state for d in found for a in d.anchors} == {AnchorState.FOUND}
    assert sum(len(d.anchors) for d in found) == len(pathway.claims)
    assert all(document.options == () for document in found)


def test_a_changed_document_touches_every_option_that_cites_it(
    small_pathway: Pathway, tmp_path: Path
) -> None:
    pathway = made(small_pathway, tmp_path)
    edit_source(pathway, tmp_path, "LFT", "and more", "and less")
    found = one(documents(pathway, tmp_path), "LFT")
    assert found.state is DocumentState.CHANGED
    assert found.changed
    assert {anchor.state for anchor in found.anchors} == {AnchorState.FOUND}
    assert found.options == ("prune", "fell", "spray")
    assert "falling" in found.alerts
    assert not one(documents(pathway, tmp_path), "HBK").changed


def test_an_anchor_that_moved_and_one_that_is_gone(small_pathway: Pathway, tmp_path: Path) -> None:
    pathway = made(small_pathway, tmp_path)
    claim = pathway.claims["HBK-05"]
    edit_source(pathway, tmp_path, "HBK", claim.anchor, "something else")
    path = tmp_path / pathway.sources["HBK"].file
    assert [a.state for a in one(documents(pathway, tmp_path), "HBK").anchors].count(
        AnchorState.GONE
    ) == 1
    path.write_text(f"{path.read_text('utf-8')}\n\n{claim.anchor.upper()}\n", "utf-8")
    moved = [
        anchor
        for anchor in one(documents(pathway, tmp_path), "HBK").anchors
        if anchor.state is AnchorState.MOVED
    ]
    assert [(a.claim.id, a.lines) for a in moved] == [("HBK-05", (402,))]


def test_an_unchanged_document_with_a_wrong_anchor_touches_only_what_cites_it(
    small_pathway: Pathway, tmp_path: Path
) -> None:
    pathway = made(small_pathway, tmp_path)
    claim = replace(pathway.claims["HBK-05"], anchor="never written")
    pathway = replace(pathway, claims={**pathway.claims, "HBK-05": claim})
    found = one(documents(pathway, tmp_path), "HBK")
    assert (found.state, found.options) == (DocumentState.SAME, ("watch",))
    assert found.changed


def test_a_missing_document(small_pathway: Pathway, tmp_path: Path) -> None:
    found = documents(small_pathway, tmp_path)
    assert {d.state for d in found} == {DocumentState.MISSING}
    assert all(d.changed and d.digest is None and d.anchors == () for d in found)


def test_quotes_dashes_blanks_and_case_do_not_matter() -> None:
    assert plain("  The \u201cOak\u201d \u2013  it\u2019s\u00a0tall ") == 'the "oak" - it\'s tall'


@pytest.mark.skipif(
    not os.environ.get(REAL), reason=f"{REAL} does not name a folder with the documents"
)
def test_the_real_documents_hold_every_anchor() -> None:
    found = documents(shipped().pathway, Path(os.environ[REAL]))
    off = [
        (anchor.claim.id, anchor.state)
        for document in found
        for anchor in document.anchors
        if anchor.state is not AnchorState.FOUND
    ]
    assert off == []
    assert {document.state for document in found} == {DocumentState.SAME}
