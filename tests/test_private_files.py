"""Private files: whole or not at all, for their owner alone, nothing overwritten unasked."""

import os
import stat
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.killing import alone, kills
from wizard import private_files
from wizard.private_files import make_private_folder, write_private

OLD = "old\n" * 10_000
NEW = "new\n" * 30_000


@pytest.fixture
def umask() -> Iterator[None]:
    """The most generous umask there is."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture(params=["links", "no links"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once on a file system with hard links, once on one without."""
    if request.param == "no links":
        monkeypatch.setattr(os, "link", no_links)


def no_links(_source: object, _target: object) -> None:
    raise OSError(95, "Operation not supported")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_device_or_a_pipe_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="it is a device or a pipe"):
        write_private(tmp_path / "pipe", "one\n", replacing=True)
    assert (tmp_path / "pipe").is_fifo()
    assert names(tmp_path) == ["pipe"]


@pytest.mark.usefixtures("links", "umask")
def test_a_file_is_private_and_replaces_nothing_unasked(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    write_private(path, "one é\n")
    assert (path.read_bytes(), mode(path)) == ("one é\n".encode(), 0o600)
    with pytest.raises(FileExistsError) as caught:
        write_private(path, "two\n")
    assert caught.value.filename == str(path)
    assert path.read_text() == "one é\n"
    write_private(path, b"three\r\n", replacing=True)
    assert (path.read_bytes(), mode(path)) == (b"three\r\n", 0o600)
    assert names(tmp_path) == ["case.yaml"]


@pytest.mark.usefixtures("links")
def test_of_many_who_write_one_name_one_has_it(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    start = threading.Barrier(8)
    refused = []

    def write(number: int) -> None:
        start.wait()
        try:
            write_private(path, f"{number}\n" * 50_000)
        except FileExistsError:
            refused.append(number)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    (first,) = set(range(8)) - set(refused)
    assert path.read_text() == f"{first}\n" * 50_000
    assert names(tmp_path) == ["case.yaml"]


def test_a_file_that_appears_before_the_last_step_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "case.yaml"

    def appears(source: object, target: object) -> None:
        path.write_text("somebody else's\n")
        no_links(source, target)

    monkeypatch.setattr(os, "link", appears)
    with pytest.raises(FileExistsError):
        write_private(path, "mine\n")
    assert path.read_text() == "somebody else's\n"
    assert names(tmp_path) == ["case.yaml"]


@pytest.mark.usefixtures("links")
def test_what_cannot_be_written_leaves_nothing_and_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "case.yaml"
    with pytest.raises(UnicodeEncodeError):
        write_private(path, "half \ud800")
    with pytest.raises(FileNotFoundError) as caught:
        write_private(tmp_path / "no" / "case.yaml", "text")
    assert caught.value.filename == str(tmp_path / "no" / "case.yaml")
    with pytest.raises(OSError, match="name too long"):
        write_private(tmp_path / ("x" * 300), "text")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as lacking:
        write_private(path, "text")
    assert lacking.value.filename == str(path)
    assert names(tmp_path) == []


def test_without_links_a_name_that_cannot_be_given_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        write_private(tmp_path / "case.yaml", "text")
    assert names(tmp_path) == []


def test_a_disk_without_room_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    write_private(path, OLD)
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from wizard.private_files import write_private\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "write_private(Path(sys.argv[1]), 'new' * 100_000, replacing=True)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
    )
    assert ended.stderr.splitlines()[-1] == f"OSError: [Errno 27] File too large: {str(path)!r}"
    assert path.read_text() == OLD
    assert names(tmp_path) == ["case.yaml"]


@pytest.mark.usefixtures("umask")
def test_folders_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "c"
    make_private_folder(folder)
    assert [mode(each) for each in (folder, *folder.parents[:2])] == [0o700] * 3
    os.umask(0o177)
    make_private_folder(tmp_path / "d" / "e")
    assert mode(tmp_path / "d" / "e") == 0o700
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    shared.chmod(0o755)
    make_private_folder(shared)
    assert mode(shared) == 0o755


def test_a_folder_where_a_file_is_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "a" / "b"):
        with pytest.raises(OSError, match=r"exists|Not a directory"):
            make_private_folder(folder)


# --- writers that were killed ----------------------------------------------------------------


HERE = f"{zlib.crc32(os.uname().nodename.encode()):08x}"
"""What drafts of this machine have in their names."""


def draft_of(process: int, machine: str = HERE) -> str:
    return f".case.yaml.{machine}.{process}.0123abcd.draft"


def test_drafts_of_ended_writers_are_cleared_and_nothing_else(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    gone = draft_of(ended.pid)
    old = draft_of(1, machine="00000001")
    stay = [
        *(draft_of(os.getpid()), draft_of(1), draft_of(ended.pid, machine="00000001")),
        *(f".case.yaml.{ended.pid}.draft", gone[1:], f"{gone}.yaml", ".case.yaml.swp"),
    ]
    for name in (gone, old, *stay):
        (tmp_path / name).write_text("half")
    a_week_ago = time.time() - 7 * 24 * 3600
    os.utime(tmp_path / old, (a_week_ago, a_week_ago))
    link, folder = draft_of(ended.pid).replace("0123", "4567"), gone.replace("0123", "89ab")
    (tmp_path / link).symlink_to(tmp_path / stay[0])
    (tmp_path / folder).mkdir()
    write_private(tmp_path / "other.yaml", "text")
    assert names(tmp_path) == sorted(["other.yaml", link, folder, *stay])


def test_drafts_of_other_people_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (tmp_path / draft_of(ended.pid)).write_text("half")
    monkeypatch.setattr(os, "getuid", lambda: 12_345)
    write_private(tmp_path / "other.yaml", "text")
    assert draft_of(ended.pid) in names(tmp_path)


def test_without_signals_that_do_nothing_only_age_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "other.yaml"
    (tmp_path / draft_of(999_999_999)).write_text("half")
    monkeypatch.setattr(private_files, "_SIGNAL_NOTHING", False)
    monkeypatch.delattr(os, "getuid")
    write_private(path, "text")
    assert len(names(tmp_path)) == 2


@pytest.mark.slow
@pytest.mark.parametrize("replacing", [True, False])
@pytest.mark.parametrize("linking", [True, False])
def test_a_kill_at_any_line_leaves_the_old_or_the_new(
    tmp_path: Path, replacing: bool, linking: bool
) -> None:
    alone(__name__, "kill_a_writer", str(tmp_path), str(replacing), str(linking))


def kill_a_writer(place: str, replacing: str, linking: str) -> None:
    folder, path = Path(place), Path(place) / "case.yaml"
    if linking == "False":
        os.link = no_links  # type: ignore[assignment]  # as FAT does
    whole = {OLD, NEW} if replacing == "True" else {None, NEW}
    if replacing != "True" and linking == "False":
        whole.add("")
    seen = set()

    def write() -> None:
        write_private(path, NEW, replacing=replacing == "True")

    def prepare() -> None:
        path.unlink(missing_ok=True)
        if replacing == "True":
            path.write_text(OLD)

    prepare()
    for _line in kills(write):
        found = path.read_text() if path.exists() else None
        assert found in whole
        seen.add(found)
        assert len(set(names(folder)) - {"case.yaml", "next.yaml"}) <= 1
        write_private(folder / "next.yaml", "", replacing=True)
        assert set(names(folder)) <= {"case.yaml", "next.yaml"}
        prepare()
    assert path.read_text() == NEW
    assert seen == whole
