"""The codes of findings: of one form, each for one kind, and named wherever a problem is made."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import wizard
from wizard.pathway.codes import Code

CODES: Final = {name: code for name, code in vars(Code).items() if not name.startswith("_")}
MAKERS: Final = {"Problem", "Finding", "stop.problem"}
"""What makes a problem or a finding; its code comes first."""


def test_codes_have_one_form_and_each_is_of_one_kind() -> None:
    assert all(re.fullmatch(r"[EWN]-[A-Z]{3}-[0-9]{2}", code) for code in CODES.values())
    assert len(set(CODES.values())) == len(CODES)
    numbers = [code[2:] for code in CODES.values()]
    assert len(set(numbers)) == len(numbers), "area and number tell kinds apart without severity"


def _files() -> Iterator[Path]:
    yield from sorted(Path(wizard.__file__).parent.rglob("*.py"))


def test_each_place_that_makes_a_problem_names_a_code() -> None:
    """Or hands on the one that it was given."""
    for path in _files():
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            name = ast.unparse(call.func)
            if name in MAKERS or name.endswith((".tell", "._stop")):
                code = ast.unparse(call.args[0])
                named = re.fullmatch(r"Code\.\w+|code|\w+\.code|_OF_NO_LIST.*", code)
                assert named, f"{path}:{call.lineno}: {code}"
