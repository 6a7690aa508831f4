"""A PostgreSQL server of the tests' own, in a folder that is deleted: no port, no driver."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


def programs() -> Path | None:
    """The folder of the server's programs; None where they, or psql, are missing."""
    found = shutil.which("pg_ctl")
    if found is None or shutil.which("psql") is None:
        return None
    folder = Path(found).resolve().parent
    return folder if (folder / "initdb").exists() else None


@dataclass(frozen=True)
class Server:
    """A server that listens on a socket in its folder."""

    folder: Path

    def told(self, script: str) -> str:
        """What psql prints of a script; an error of the server fails it."""
        command = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder), "-U", "me"]
        done = subprocess.run(
            [*command, "postgres"],
            input=script,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def server(bin_folder: Path) -> Iterator[Server]:
    """Start a server; as another user than root, whom it refuses."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    control = [str(bin_folder / "pg_ctl"), "-D", str(folder / "data"), "-w", "-t", "60"]
    other = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    if other is not None:
        os.chown(folder, other.pw_uid, other.pw_gid)

    def run(*command: str) -> None:
        done = subprocess.run(
            command,
            user=other and other.pw_uid,
            group=other and other.pw_gid,
            extra_groups=None if other is None else [],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=90,
        )
        assert done.returncode == 0, done.stderr

    try:
        options = f"-c listen_addresses='' -k {folder} -F"
        initdb = str(bin_folder / "initdb")
        run(initdb, "-D", str(folder / "data"), "-U", "me", "-N", "-E", "UTF8", "--locale=C")
        run(*control, "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield Server(folder)
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
