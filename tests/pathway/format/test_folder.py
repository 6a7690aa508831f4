"""Which files a pathway folder may hold."""

import errno
from pathlib import Path

import pytest

from tests.pathway.overlays import copied, said
from wizard.pathway.format import content
from wizard.pathway.format.folder import MAX_FILES


def test_no_folder_is_told(tmp_path: Path) -> None:
    missing, file = tmp_path / "none", tmp_path / "file"
    file.write_text("a: b\n")
    assert said(missing) == [
        f"{missing}:1:1: there is no such folder; a folder with pathway.yaml was expected"
    ]
    assert said(file) == [
        f"{file}:1:1: this is not a folder; a folder with pathway.yaml was expected"
    ]


def test_an_empty_folder_lacks_every_file(tmp_path: Path) -> None:
    names = ["alerts", "factors", "glossary", "hazards", "pathway", "shared", "sources"]
    assert [message.partition(":")[0] for message in said(tmp_path)] == [
        f"{name}.yaml" for name in names
    ]


def test_a_readme_and_hidden_files_may_stand_there(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "README.md").write_text("# Park\n")
    (folder / ".watch.yaml.swp").write_bytes(b"\x00")
    (folder / "options" / ".DS_Store").write_bytes(b"\x00")
    assert said(folder) == []


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "options" / "more.yaml").mkdir()
    (folder / "pictures").mkdir()
    assert said(folder) == [
        'options/more.yaml:1:1: pathway.yaml does not list the option "more"; add it under '
        "options, with its group",
        "options/more.yaml:1:1: this is a folder; a YAML file was expected",
        "pictures:1:1: a pathway has no such folder",
    ]


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    outside = tmp_path / "outside.yaml"
    outside.write_text("{}\n")
    (folder / "glossary.yaml").unlink()
    (folder / "glossary.yaml").symlink_to(outside)
    (folder / "cases" / "linked.yaml").symlink_to(outside)
    link = "this is a symbolic link that leaves the folder; a file of the folder itself"
    assert said(folder) == [f"cases/linked.yaml:1:1: {link}", f"glossary.yaml:1:1: {link}"]


def test_a_linked_folder_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "cases").rename(tmp_path / "cases")
    (folder / "cases").symlink_to(tmp_path / "cases")
    assert said(folder)[0].startswith("cases:1:1: this is a symbolic link that leaves the folder")


def test_links_inside_the_folder_are_followed(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "glossary.yaml").rename(folder / "cases" / "glossary.yaml")
    (folder / "glossary.yaml").symlink_to(folder / "cases" / "glossary.yaml")
    assert said(folder) == []


def test_a_link_in_a_circle_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "glossary.yaml").unlink()
    (folder / "glossary.yaml").symlink_to(folder / "glossary.yaml")
    (message,) = said(folder)
    assert message.startswith("glossary.yaml:1:1: this is a symbolic link")


def test_a_large_file_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "glossary.yaml").write_text("# " + "x" * 8 * 1024 * 1024)
    assert said(folder) == [
        "glossary.yaml:1:1: the file is larger than 8 MiB; split it or shorten it"
    ]


@pytest.mark.slow
def test_there_may_be_any_number_of_cases(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for number in range(MAX_FILES):
        (folder / "cases" / f"{number}.yaml").touch()
    assert said(folder) == []


def test_a_folder_of_too_many_files_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for number in range(MAX_FILES):
        (folder / "options" / f"{number}.yaml").touch()
    assert said(folder) == [
        f"{folder}:1:1: the folder has more than 5,000 files beside its cases; at most 5,000 were "
        "expected"
    ]


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(tmp_path)

    def refuse(path: str, mode: str, buffering: int) -> object:
        if path.endswith("glossary.yaml"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return open(path, mode, buffering)  # noqa: PTH123 - what stands in for this

    monkeypatch.setattr(content, "open", refuse, raising=False)
    assert said(folder) == ["glossary.yaml:1:1: the file cannot be read: Permission denied"]


def test_a_name_that_does_not_print_is_escaped(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "options" / "a\x1b[31m.yaml").write_text("{}")
    messages = said(folder)
    assert messages
    assert all(message.isprintable() for message in messages)


def test_a_broken_file_is_not_reported_by_those_that_name_it(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for name in ("shared.yaml", "claims/HBK.yaml", "options/fell.yaml", "sources.yaml"):
        (folder / name).write_text("[broken\n")
    assert [message.partition(":")[0] for message in said(folder)] == [
        "claims/HBK.yaml",
        "options/fell.yaml",
        "shared.yaml",
        "sources.yaml",
    ]


def test_without_factors_the_other_files_are_still_read(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "factors.yaml").write_text("[broken\n")
    (folder / "options" / "watch.yaml").write_text("option: watch\n")
    assert [message.partition(":")[0] for message in said(folder)] == [
        "factors.yaml",
        "options/watch.yaml",
        "options/watch.yaml",
    ]
