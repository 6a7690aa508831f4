"""Whatever is thrown at the program: the right exit code, a clear message, and no traceback."""

import os
import shutil
from pathlib import Path

import pytest

from tests.program import ROOT, Ended, run
from tests.small import SMALL

CASES = {
    "nothing": b"",
    "only_a_comment": b"# nothing\n",
    "brackets": b"[" * 50_000,
    "braces": b"{a: " * 50_000,
    "closing_brackets": b"]" * 50_000,
    "dashes": b"- " * 50_000,
    "binary": bytes(range(256)) * 20,
    "latin1": "answers: {site: pancréas}".encode("latin-1"),
    "utf16": "answers: {}".encode("utf-16"),
    "too_large": b"answers: {}\n" + b"#" * (8 << 20),
    "pasted_letter": b"Dear colleague,\n\nthank you for seeing this patient: 54 y, NET.\n",
    "pasted_table": b"a\tb\tc\n1\t2\t3\n",
    "html": b"<!doctype html><html><body>hello</body></html>",
    "python": b"import os\nos.system('true')\n",
    "yaml_tag": b"answers: !!python/object/apply:os.system ['true']\n",
    "yaml_alias": b"answers: &a {site: *a}\n",
    "billion_laughs": b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
    "open_quote": b'answers: {site: "lung}\n',
    "tabs": b"answers:\n\tsite: lung\n",
    "twice": b"answers: {site: lung, site: stomach}\n",
    "two_documents": b"answers: {}\n---\nanswers: {}\n",
    "list": b"[1, 2, 3]",
    "number": b"42",
    "json_string": b'"answers"',
    "broken_json": b'{"answers": {"site": "lung"',
    "nan": b"answers: {tumour_size: .nan}\n",
    "huge_number": b"answers: {tumour_size: 1e400}\n",
    "many_digits": b"answers: {tumour_size: " + b"9" * 9000 + b"}\n",
    "yes": b"answers: {site: yes}\n",
    "unknown_factor": b"answers: {grade: 2}\n",
    "unknown_value": b"answers: {site: pancreaz}\n",
    "none_where_some": b"answers: {spread_sites: []}\n",
    "empty_choice": b"answers: {site: []}\n",
    "other_pathway": b"pathway: park_trees\nanswers: {}\n",
    "bidi": "answers: {}\ntitle: \u202eabc\n".encode(),
    "escape": b"answers: {}\ntitle: \x1b[31mred\n",
    "nul": b"answers: {}\x00\n",
}


def plain_failure(ended: Ended, code: int) -> None:
    assert ended.code == code
    assert ended.out == ""
    assert ended.err.strip()
    assert "Traceback" not in ended.err
    assert all(letter.isprintable() or letter == "\n" for letter in ended.err)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(CASES))
def test_what_is_no_case_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.yaml"
    path.write_bytes(CASES[name])
    ended = run("assess", path)
    plain_failure(ended, 4)
    for line in ended.err.splitlines():
        assert line.startswith(f"{path}:")
        _, row, column, message = line[len(str(tmp_path)) :].split(":", 3)
        assert int(row) > 0
        assert int(column) > 0
        assert message.strip()
    assert path.read_bytes() == CASES[name]


@pytest.mark.slow
def test_standard_input_is_refused_alike() -> None:
    ended = run("assess", "-", given=CASES["brackets"])
    plain_failure(ended, 4)
    assert ended.err.startswith("standard input:1:65: nested deeper")
    plain_failure(run("assess", "-", given=b""), 4)
    plain_failure(run("assess", "-", given=b"\0" * 5_000_000), 4)


def test_a_case_that_is_no_file(tmp_path: Path) -> None:
    plain_failure(run("assess", tmp_path / "missing.yaml"), 4)
    plain_failure(run("assess", tmp_path), 4)
    plain_failure(run("assess", "/dev/null"), 4)
    plain_failure(run("assess", "a" * 5000), 4)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    plain_failure(run("assess", loop), 4)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    plain_failure(run("assess", pipe), 4)
    odd = tmp_path / "\x1b[2J\u202e.yaml"
    plain_failure(run("assess", odd), 4)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_case_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("answers: {}")
    path.chmod(0)
    plain_failure(run("assess", path), 4)


@pytest.mark.slow
def test_a_pathway_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    for folder in (tmp_path / "missing", file, tmp_path, "/", "/dev/null", "a" * 5000):
        plain_failure(run("assess", "-", "--pathway", folder, given="answers: {}"), 3)
        plain_failure(run("--plain", "--pathway", folder), 3)
        ended = run("check", folder)
        if folder == file:  # a file stands for the pathway in which it lies
            plain_failure(ended, 2)
            continue
        assert ended.code == 3
        assert ended.out.strip()
        assert ended.err == ""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nothing", "brackets", "binary", "pasted_letter", "yaml_tag"])
def test_a_pathway_with_a_spoilt_file_gives_no_result_at_all(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(SMALL, folder)
    (folder / "options" / "watch.yaml").write_bytes(CASES[name])
    ended = run("assess", "-", "--pathway", folder, given="answers: {}")
    plain_failure(ended, 3)
    assert "options/watch.yaml:" in ended.err


def test_somebody_elses_folder_is_no_pathway() -> None:
    ended = run("check", ROOT / "wizard" / "settings")
    assert ended.code == 3
    assert "pathway.yaml:1:1: the file is missing" in ended.out
