"""Whether the wizard was ever started on the screen: a file of the user's says so."""

from pathlib import Path

from wizard.user_folders import user_folder


def first_start() -> bool:
    """Whether this is the first start on this machine, which is remembered from now on.

    Where it cannot be remembered it counts as a later one: nothing is offered again and again.
    """
    try:
        marker = started_file()
        if marker.exists():
            return False
        # Imported on first use, of which there is one on a machine.
        from wizard.private_files import make_private_folder, write_private

        make_private_folder(marker.parent)
        write_private(marker, "")
    except (OSError, RuntimeError, ValueError):
        return False
    return True


def started_file() -> Path:
    """The file that stands where the wizard was started before."""
    return user_folder("state") / "started"
