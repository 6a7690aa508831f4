"""Versions of a pathway folder: a folder as it is, or as a git revision has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from wizard.exits import WrongUsageError
from wizard.pathway.choosing import shown
from wizard.pathway.format.content import MAX_BYTES
from wizard.pathway.format.folder import MAX_FILES
from wizard.record import Record


class RevisionError(WrongUsageError):
    """A version that is neither a folder nor a git revision of one."""


class Version(Record):
    """A folder to read, what a person calls it, and the folder that it is or is a revision of."""

    name: str
    folder: Path
    of: Path

    @property
    def place(self) -> str:
        """Where it was read from."""
        if self.folder == self.of:
            return self.name
        return f"{shown(self.of)} as of {self.name.partition(':')[0]}"


@contextmanager
def version(name: str, default: Path) -> Iterator[Version]:
    """A folder, `REVISION:FOLDER`, or a git revision of the default folder.

    Raises RevisionError with what was expected.
    """
    if name and Path(name).is_dir():
        yield Version(name, Path(name), Path(name))
        return
    from tempfile import TemporaryDirectory

    revision, mark, path = name.partition(":")
    folder = Path(path) if mark else default
    with TemporaryDirectory(prefix="mdt-wizard-") as temporary:
        target = Path(temporary)
        _extract(name, revision, folder, target)
        yield Version(name, target, folder)


class Revision(Record):
    """A git revision: its short name, the day of its commit, and the first line of its message."""

    name: str
    date: str
    subject: str


def revisions(folder: Path, most: int) -> tuple[str, ...]:
    """The last git revisions in which a folder changed, newest first; none without git."""
    return tuple(each.name for each in history(folder, most))


def history(folder: Path, most: int) -> tuple[Revision, ...]:
    """The same with what git knows of each."""
    try:
        top = Path(_git(folder, "", "rev-parse", "--show-toplevel").decode().strip())
        prefix = folder.absolute().resolve().relative_to(top.resolve()).as_posix()
        log = _git(top, "", "log", "--format=%h%x09%cs%x09%s", f"-{most}", "--", prefix)
    except RevisionError:
        return ()
    lines = log.decode("utf-8", "replace").splitlines()
    return tuple(Revision(*line.split("\t", 2)) for line in lines)


def _extract(name: str, revision: str, folder: Path, target: Path) -> None:
    """Write the files of a folder as a revision has them."""
    if not revision or revision.startswith("-"):
        raise RevisionError(f"{name}: there is no such folder, and it is not a git revision")
    start = next((one for one in (folder, *folder.absolute().parents) if one.is_dir()), Path())
    top = Path(_git(start, name, "rev-parse", "--show-toplevel").decode().strip())
    prefix = folder.absolute().resolve().relative_to(top.resolve()).as_posix()
    listing = _git(top, name, "ls-tree", "-r", "-z", "--full-tree", revision, "--", f"{prefix}/")
    entries = [_entry(line) for line in listing.decode("utf-8", "replace").split("\0") if line]
    if not entries:
        raise RevisionError(f"{name}: the revision {revision} has no folder {prefix}")
    own = [path for _, _, path in entries if not path.startswith(f"{prefix}/cases/")]
    if len(own) > MAX_FILES:
        raise RevisionError(
            f"{name}: the folder has more than {MAX_FILES:,} files beside its cases"
        )
    objects = _objects(top, name, [entry for _, entry, _ in entries])
    for (kind, _, path), data in zip(entries, objects, strict=True):
        inner = PurePosixPath(path).relative_to(prefix)
        if kind == "120000" or ".." in inner.parts or len(data) > MAX_BYTES:
            raise RevisionError(f"{name}: {path} is a link or larger than 8 MiB")
        place = target / inner
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def _entry(line: str) -> tuple[str, str, str]:
    """Mode, object and path of a line of `git ls-tree`."""
    meta, _, path = line.partition("\t")
    mode, _, entry = meta.split(" ")
    return mode, entry, path


def _objects(top: Path, name: str, entries: list[str]) -> list[bytes]:
    """The contents of objects, from one process."""
    output = _git(top, name, "cat-file", "--batch", given="\n".join(entries).encode() + b"\n")
    found = []
    at = 0
    for _ in entries:
        end = output.index(b"\n", at)
        size = int(output[at:end].split(b" ")[2])
        found.append(output[end + 1 : end + 1 + size])
        at = end + size + 2
    return found


def _git(folder: Path, name: str, *arguments: str, given: bytes = b"") -> bytes:
    import shutil
    import subprocess

    git = shutil.which("git")
    if git is None:
        raise RevisionError(f"{name}: there is no such folder, and git is not installed")
    done = subprocess.run(  # noqa: S603 - fixed words; the revision cannot be an option
        [git, "-C", str(folder), *arguments], input=given, capture_output=True, check=False
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = f" ({said[-1]})" if said else ""
        raise RevisionError(f"{name}: there is no such folder, and it is not a git revision{why}")
    return done.stdout
