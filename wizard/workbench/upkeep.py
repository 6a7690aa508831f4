"""What the maintainer of a pathway has to look after, although its files are valid."""

from collections.abc import Iterator
from pathlib import Path

from wizard.pathway.model import Pathway
from wizard.wording.notices import review_line
from wizard.workbench.copying import copied_words
from wizard.workbench.deep import Finding, Severity
from wizard.workbench.documents import AnchorState, Document, DocumentState, documents


def review_findings(pathway: Pathway) -> Iterator[Finding]:
    """A review that has lapsed, with the digest that the next one has to name."""
    if pathway.reviewed is not None and pathway.review_lapsed:
        what = (
            f"{review_line(pathway).rstrip('.')}; a clinician who has reviewed this content "
            f"writes the digest {pathway.digest}"
        )
        yield Finding(Severity.NOTE, pathway.reviewed.position, what)


def document_findings(pathway: Pathway, folder: Path) -> Iterator[Finding]:
    """Anchors that do not stand where their claims say, and words that are a document's own.

    A copy that is not the document that the pathway knows is a warning, and so are the anchors
    that it lacks.  Raises OSError.
    """
    for document in documents(pathway, folder):
        source = document.source
        if document.state is not DocumentState.SAME:
            what = f"the copy of {source.file} is {document.state}, so it proves nothing"
            yield Finding(Severity.WARNING, source.position, what)
        yield from _anchor_findings(document)
    for copied in copied_words(pathway, folder):
        what = f'these words stand in {copied.source}: "{copied.words}"; say it in your own words'
        yield Finding(Severity.ERROR, copied.position, what)


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
            severity = Severity.ERROR if same else Severity.WARNING
            yield Finding(severity, claim.position, what)
