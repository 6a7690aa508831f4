"""What whoever keeps a pathway has to look after: facts that no rule of its files refuses."""

from collections.abc import Iterator

from wizard.pathway.model import Pathway
from wizard.wording.notices import review_line
from wizard.workbench.deep import Finding, Severity


def review_findings(pathway: Pathway) -> Iterator[Finding]:
    """A review that has lapsed, with the digest that the next one has to name."""
    if pathway.reviewed is not None and pathway.review_lapsed:
        what = (
            f"{review_line(pathway).rstrip('.')}; a clinician who has reviewed this content "
            f"writes the digest {pathway.digest}"
        )
        yield Finding(Severity.NOTE, pathway.reviewed.position, what)
