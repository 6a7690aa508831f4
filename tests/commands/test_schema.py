"""`mdt-wizard schema` prints schemas, or writes them beside the files that they are of."""

import json
from pathlib import Path

import pytest

from tests.pathway.overlays import SMALL, copied, edited
from tests.program import run
from wizard.exits import ExitCode
from wizard.pathway.load import load_pathway

KINDS = [
    *("pathway", "factors", "shared", "alerts", "glossary", "sources", "hazards"),
    *("claims", "options", "cases"),
]


def test_it_prints_one_object_with_every_kind_of_file() -> None:
    ended = run("schema", "--pathway", SMALL)
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    assert list(json.loads(ended.out)) == KINDS


def test_written_it_changes_one_line_of_each_file_and_no_digest(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    digest = load_pathway(folder).digest
    ended = run("schema", "--write", "--pathway", folder)
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    assert f"10 schemas; the line was put in {len(before)} files" in ended.out
    for path, data in before.items():
        kind = path.stem if path.parent == folder else path.parent.name
        line, _, rest = path.read_bytes().partition(b"\n")
        named = line.decode().removeprefix("# yaml-language-server: $schema=")
        schema = path.parent / named
        assert (schema.resolve(), rest) == (folder / ".schema" / f"{kind}.json", data)
        assert json.loads(schema.read_text("utf-8"))["$schema"].endswith("draft-07/schema#")
        assert path.stat().st_mode & 0o077 == schema.stat().st_mode & 0o077 == 0
    assert load_pathway(folder).digest == digest
    assert run("check", folder).code == run("test", folder).code == ExitCode.DONE
    again = {path: path.stat().st_mtime_ns for path in before}
    assert "the line was put in 0 files" in run("schema", "--write", "--pathway", folder).out
    assert again == {path: path.stat().st_mtime_ns for path in before}


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_line_that_is_there_is_replaced_and_line_ends_are_kept(
    end: bytes, mark: bytes, tmp_path: Path
) -> None:
    folder = copied(tmp_path)
    path = folder / "glossary.yaml"
    old = path.read_bytes().replace(b"\n", end)
    path.write_bytes(mark + b"# yaml-language-server: $schema=old.json" + end + old)
    assert run("schema", "--write", "--pathway", folder).code == ExitCode.DONE
    line = b"# yaml-language-server: $schema=.schema/glossary.json" + end
    assert path.read_bytes() == mark + line + old
    assert load_pathway(folder).glossary.keys() == load_pathway(SMALL).glossary.keys()


def test_nothing_is_written_where_the_pathway_does_not_check(tmp_path: Path) -> None:
    folder = edited(copied(tmp_path), "options/watch.yaml", "label: Watch", "lable: Watch")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    ended = run("schema", "--write", "--pathway", folder)
    assert ended.code == ExitCode.BAD_PATHWAY
    assert "did you mean label?" in ended.err + ended.out
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert not (folder / ".schema").exists()


def test_the_smallest_pathway_has_schemas_too(tmp_path: Path) -> None:
    document = tmp_path / "guide.txt"
    document.write_text("The heart may be treated.\n", "utf-8")
    folder = tmp_path / "heart"
    assert run("new", folder, "--title", "Heart", "--source", f"AB={document}").code == 0
    found = json.loads(run("schema", "--pathway", folder).out)
    assert [] not in found["options"]["definitions"]["shared_tree"].values()
