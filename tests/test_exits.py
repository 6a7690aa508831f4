"""One base of every error that a person is told, with the exit code that goes with it."""

import pytest

from wizard.case.files import CaseErrors
from wizard.exits import ExitCode, WizardError, WrongUsageError
from wizard.failing import explain
from wizard.pathway.codes import Code
from wizard.pathway.position import Position
from wizard.pathway.problems import PathwayErrors, Problem
from wizard.practice.log import LogError

HERE = Position("options/a.yaml", 3, 7)


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (WrongUsageError("no such thing"), ExitCode.WRONG_USAGE, "mdt-wizard: no such thing"),
        (LogError("the log is odd"), ExitCode.UNUSABLE_FILE, "mdt-wizard: the log is odd"),
        (
            PathwayErrors([Problem(Code.NOT_YAML, HERE, "wrong", "right")]),
            ExitCode.BAD_PATHWAY,
            "options/a.yaml:3:7: wrong; right [E-YML-01]",
        ),
        (
            CaseErrors([Problem(Code.NOT_YAML, HERE, "wrong")]),
            ExitCode.BAD_CASE,
            "options/a.yaml:3:7: wrong",
        ),
        (OSError(28, "No space left", "a.md"), ExitCode.UNUSABLE_FILE, "mdt-wizard: a.md: No"),
        (ZeroDivisionError("x"), ExitCode.INTERNAL_ERROR, "mdt-wizard: internal error: ZeroDiv"),
    ],
)
def test_an_error_is_told_in_words_with_its_code(
    error: Exception, code: ExitCode, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(error) is code
    assert capsys.readouterr().err.startswith(told)


def test_every_error_that_a_person_is_told_has_one_base_and_its_place() -> None:
    errors = PathwayErrors(
        [
            Problem(Code.NOT_YAML, HERE, "wrong"),
            Problem(Code.NOT_YAML, Position("b.yaml", 1, 1), "odd"),
        ]
    )
    assert isinstance(errors, WizardError)
    assert errors.where == Position("b.yaml", 1, 1)
    assert str(WizardError("wrong", HERE)) == "options/a.yaml:3:7: wrong"
