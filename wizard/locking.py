"""Locks on open files, which keep programs of one user apart.

A lock is let go with the file, however the program ends; so nothing is left of one to clear away.
"""

import os
import sys

_FAR_BEHIND = 2**30
"""On Windows a locked byte cannot be read by others: this one is behind the end of every file."""


def locked(descriptor: int) -> bool:
    """Whether an open file is this program's alone now: false where another has its lock.

    True on a system, or a file system, that has no locks.  Never waits.
    """
    try:
        if sys.platform == "win32":
            import msvcrt  # only Windows has it

            here = os.lseek(descriptor, 0, os.SEEK_CUR)
            os.lseek(descriptor, _FAR_BEHIND, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            finally:
                os.lseek(descriptor, here, os.SEEK_SET)
        else:
            import fcntl  # Windows has no such module

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except (OSError, ImportError):
        return True
    return True
