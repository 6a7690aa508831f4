"""The digest changes with what the files say, and with nothing else."""

from pathlib import Path

import pytest

from tests.pathway.overlays import SMALL, copied, edited
from wizard.pathway.format.digest import digest_of
from wizard.pathway.format.folder import take_snapshot
from wizard.pathway.format.reading import read_pathway


def digest(folder: Path) -> str:
    return digest_of(take_snapshot(folder).contents)


def test_it_is_the_one_on_the_pathway() -> None:
    assert read_pathway(SMALL).digest == digest(SMALL)
    assert len(digest(SMALL)) == 64


def test_line_ends_cases_readme_and_place_do_not_matter(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for path in folder.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (folder / "cases" / "another.yaml").write_text("a: b\n")
    (folder / "README.md").write_text("# Park\n")
    assert digest(folder) == digest(SMALL)
    assert read_pathway(folder).digest == digest(SMALL)


@pytest.mark.parametrize("name", ["hazards.yaml", "options/watch.yaml", "claims/HBK.yaml"])
def test_every_file_matters(name: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    path = folder / name
    path.write_text(path.read_text() + "# more\n")
    assert digest(folder) != digest(SMALL)


def test_names_matter_and_do_not_run_into_contents(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "options" / "watch.yaml").rename(folder / "options" / "watching.yaml")
    assert digest(folder) != digest(SMALL)
    assert digest_of({"ab": b"c"}) != digest_of({"a": b"bc"})
    assert digest_of({"a": b"", "b": b""}) != digest_of({"a": b"b"})


def test_order_of_files_does_not_matter() -> None:
    assert digest_of({"a": b"1", "b": b"2"}) == digest_of({"b": b"2", "a": b"1"})


def test_one_letter_matters(tmp_path: Path) -> None:
    folder = edited(copied(tmp_path), "options/watch.yaml", "label: Watch", "label: Match")
    assert digest(folder) != digest(SMALL)


REVIEWS = (
    'reviewed: {{by: A, role: gardener, date: 2026-12-01, version: "2026.11", digest: {digest}}}',
    "reviewed:\n  by: A\n  role: |\n    gardener\n  date: 2026-12-01\n"
    '  version: "2026.11"\n  digest: {digest}',
)


@pytest.mark.parametrize("review", REVIEWS)
def test_a_review_names_the_digest_of_what_it_is_of(review: str, tmp_path: Path) -> None:
    written = review.format(digest=digest(SMALL))
    folder = edited(copied(tmp_path), "pathway.yaml", "reviewed: null", written)
    assert digest(folder) == digest(SMALL)
    assert read_pathway(folder).reviewed is not None
    assert not read_pathway(folder).review_lapsed
    edited(folder, "options/watch.yaml", "label: Watch", "label: Match")
    assert read_pathway(folder).review_lapsed


def test_nothing_hides_beside_a_review(tmp_path: Path) -> None:
    """What follows the review counts, also on its own line and where it comes last."""
    contents = {"pathway.yaml": b"{reviewed: null, title: a}"}
    assert digest_of(contents) != digest_of({"pathway.yaml": b"{reviewed: null, title: b}"})
    assert digest_of(contents) == digest_of({"pathway.yaml": b"{reviewed: {by: A}, title: a}"})
    last = copied(tmp_path) / "pathway.yaml"
    moved = last.read_text().replace("reviewed: null\n", "")
    for review in ("reviewed: null\n", "reviewed:\n  by: A\n"):
        last.write_text(f"{moved}{review}")
        assert digest_of({"pathway.yaml": last.read_bytes()}) == digest_of(
            {"pathway.yaml": f"{moved}reviewed: other\n".encode()}
        )
