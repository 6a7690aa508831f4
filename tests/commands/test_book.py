"""`mdt-wizard book` writes one page, for its owner alone, and never over a file unasked."""

from pathlib import Path

from tests.pathway.overlays import copied
from tests.program import ROOT, run
from wizard.exits import ExitCode

ON = {"SOURCE_DATE_EPOCH": "1795780800"}


def test_it_writes_a_page_with_stamp_and_notices(tmp_path: Path) -> None:
    to = tmp_path / "pathway.html"
    ended = run("book", "-o", to, environment=ON)
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    assert ended.out.startswith(f"{to}: neuroendocrine 20")
    assert to.stat().st_mode & 0o777 == 0o600
    text = to.read_text("utf-8")
    assert text.startswith("<!doctype html>\n")
    for words in (
        "Made by mdt-wizard",
        "SHA-256",
        "No clinician has reviewed this pathway.",
        "Not a guideline, not advice for a patient",
        "Not described is not the same as unsuitable.",
    ):
        assert words in text
    again = tmp_path / "again.html"
    run("book", "-o", again, environment=ON)
    assert again.read_text("utf-8") == text


def test_it_writes_over_a_file_only_with_force(tmp_path: Path) -> None:
    to = tmp_path / "pathway.html"
    to.write_text("kept")
    refused = run("book", "-o", to)
    assert refused.code == ExitCode.WRONG_USAGE
    assert "is there already; --force writes over it" in refused.err
    assert to.read_text() == "kept"
    assert run("book", "-o", to, "--force").code == ExitCode.DONE
    assert to.read_text("utf-8").startswith("<!doctype html>")


def test_it_needs_a_place_outside_the_pathway(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    assert run("book", "--pathway", folder).code == ExitCode.WRONG_USAGE
    inside = run("book", "--pathway", folder, "-o", folder / "page.html")
    assert inside.code == ExitCode.WRONG_USAGE
    assert not (folder / "page.html").exists()


def test_a_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    ended = run("book", "-o", tmp_path / "none" / "page.html")
    assert ended.code == ExitCode.UNUSABLE_FILE
    assert "page.html" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_a_pathway_that_does_not_check_gives_no_page(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "alerts.yaml").write_text("nothing: here\n")
    ended = run("book", "--pathway", folder, "-o", tmp_path / "page.html")
    assert ended.code == ExitCode.BAD_PATHWAY
    assert not (tmp_path / "page.html").exists()


def test_the_page_of_another_pathway_says_so(tmp_path: Path) -> None:
    to = tmp_path / "page.html"
    ended = run("book", "--pathway", ROOT / "tests" / "pathway" / "prostate", "-o", to)
    assert ended.code == ExitCode.DONE
    assert "This is not the pathway that came with the tool" in to.read_text("utf-8")
