"""What changed in the base of an overlay since the overlay was written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from wizard.pathway.choosing import shown
from wizard.pathway.format.digest import digest_of
from wizard.pathway.format.folder import Snapshot, take_snapshot
from wizard.pathway.format.overlay import bases, extended
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.problems import FileErrors
from wizard.workbench.revisions import RevisionError, revisions, version
from wizard.workbench.version_diff import Diff, compare

_REVISIONS: Final = 12
"""How far back a base is looked for: each revision is read whole."""


def base_changes(folder: Path, step: Callable[[str], None]) -> Diff | None:
    """From the base that an overlay names to the one that is there now.

    None where they are the same, where the old one is not at hand (as another folder or as a git
    revision of the new one), or where either cannot be read.  Raises BudgetExceededError.
    """
    with suppress(FileErrors):
        overlay = take_snapshot(folder)
        if not overlay.overlay:
            return None
        extends = extended(overlay)
        found = [base for base in bases(extends, folder) if not base.overlay]
        if not found or digest_of(found[0].contents) == extends.digest:
            return None
        new = found[0]
        with _base_of_digest(extends.digest, found, step) as old:
            if old is not None:
                name, old_folder = old
                pathways = read_pathway(old_folder), read_pathway(new.folder)
                names = name, shown(new.folder)
                return compare(*pathways, names, (old_folder, new.folder), step)
    return None


@contextmanager
def _base_of_digest(
    digest: str, found: list[Snapshot], step: Callable[[str], None]
) -> Iterator[tuple[str, Path] | None]:
    """What a person calls the base with this digest, and where its files are."""
    for base in found[1:]:
        if digest_of(base.contents) == digest:
            yield shown(base.folder), base.folder
            return
    new = found[0].folder
    for revision in revisions(new, _REVISIONS):
        step(f"the base as of {revision}")
        name = f"{revision}:{shown(new)}"
        with suppress(RevisionError), version(name, new) as old:
            if digest_of(take_snapshot(old.folder).contents) == digest:
                yield name, old.folder
                return
    yield None
