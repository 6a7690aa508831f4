"""The schemas of a pathway as files beside its own, and the line of each file that names its own.

An editor finds the schema of a file by that line, whatever the editor is.  The line is a comment;
neither it nor a folder whose name begins with a dot counts in a pathway's digest.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from wizard.pathway.format.folder import FOLDERS
from wizard.private_files import make_private_folder, write_private
from wizard.workbench.record_schema import Schema

SCHEMAS: Final = ".schema"
_MARK: Final = b"\xef\xbb\xbf"
_LINE: Final = b"# yaml-language-server: "


def schema_text(schema: object) -> str:
    """Schemas as JSON."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def write_schemas(folder: Path, schemas: Mapping[str, Schema]) -> int:
    """Write the schemas, and into each file of a pathway the line that names its own.

    What would not change is left alone; returns how many files of the pathway changed.  Raises
    OSError.
    """
    place = folder / SCHEMAS
    make_private_folder(place)
    for kind, schema in schemas.items():
        write_private(place / f"{kind}.json", schema_text(schema), replacing=True)
    changed = 0
    for kind in schemas:
        above = "../" if kind in FOLDERS else ""
        files = folder.glob(f"{kind}/*.yaml") if above else [folder / f"{kind}.yaml"]
        for path in sorted(each for each in files if each.is_file()):
            data = path.read_bytes()
            named = with_line(data, f"{above}{SCHEMAS}/{kind}.json")
            if named != data:
                write_private(path.resolve(), named, replacing=True)
                changed += 1
    return changed


def with_line(data: bytes, schema: str) -> bytes:
    """A file's bytes with the line that names its schema before all else of it."""
    mark = _MARK if data.startswith(_MARK) else b""
    rest = data[len(mark) :]
    kept = rest.partition(b"\n")[2] if rest.startswith(_LINE) else rest
    end = b"\r\n" if b"\r\n" in data else b"\n"
    line = f"# yaml-language-server: $schema={schema}".encode()
    return mark + line + end + kept
