"""What is told of a file stays short, however much is wrong with it."""

from pathlib import Path

import pytest

from tests.pathway.overlays import copied, edited, said
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.problems import PathwayErrors


def test_thousands_of_mistakes_are_told_in_twenty_lines_and_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(tmp_path)
    monkeypatch.chdir(folder)
    with (folder / "options" / "watch.yaml").open("a") as file:
        file.writelines(f"key{number}: x\n" for number in range(3_000))
    with pytest.raises(PathwayErrors) as caught:
        read_pathway(folder)
    lines = str(caught.value).split("\n")
    assert len(caught.value.problems) == 3_000
    assert len(lines) == 21
    assert lines[0].startswith('options/watch.yaml:9:1: "key0" is not a key')
    assert lines[-1] == "and 2,980 more"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("a: é\n" * 50, "4: the file is not UTF-8 text; save it as UTF-8 in your editor"),
        ("a: b\nc: d\n", "1: the file is not UTF-8 text; save it as UTF-8 in your editor"),
        ("a: b\r" * 50, "5: a line ends in CR alone; save the file with line ends LF or CRLF"),
    ],
    ids=["latin-1", "utf-16", "cr"],
)
def test_a_file_written_in_another_way_is_one_line(
    data: str, message: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder = copied(tmp_path)
    encoding = {"cr": "ascii"}.get(request.node.callspec.id, request.node.callspec.id)
    (folder / "glossary.yaml").write_bytes(data.encode(encoding))
    assert said(folder) == [f"glossary.yaml:1:{message}"]


def test_a_text_without_end_is_refused_before_its_words_are_read(tmp_path: Path) -> None:
    folder = edited(
        copied(tmp_path), "options/watch.yaml", "label: Watch", f"label: {'1' * 20_001}"
    )
    assert said(folder) == [
        "options/watch.yaml:2:8: this text has more than 20,000 characters; shorten it, or split it"
    ]
    folder = edited(folder, "options/watch.yaml", "1" * 20_001, "1" * 20_000)
    assert said(folder) == []
