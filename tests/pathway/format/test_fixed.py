"""Facts that cannot change, as a pathway marks them."""

from pathlib import Path

from tests.pathway.overlays import copied, edited, said
from tests.small import shipped
from wizard.pathway.format.reading import read_pathway


def test_a_factor_may_be_marked_as_a_fact(tmp_path: Path) -> None:
    folder = edited(
        copied(tmp_path), "factors.yaml", "  label: Height\n", "  fixed: true\n  label: Height\n"
    )
    assert {f.id for f in read_pathway(folder).factors.values() if f.fixed} == {"height"}


def test_it_is_marked_by_true_and_nothing_else(tmp_path: Path) -> None:
    folder = edited(
        copied(tmp_path), "factors.yaml", "  label: Height\n", "  fixed: yes\n  label: Height\n"
    )
    (problem,) = said(folder)
    assert '"yes"' in problem
    assert "true" in problem


def test_the_facts_of_the_shipped_pathway() -> None:
    facts = {factor.id for factor in shipped().pathway.factors.values() if factor.fixed}
    assert facts == {"tumour_type", "site", "other_treatments"}
