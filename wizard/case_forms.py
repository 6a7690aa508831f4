"""A case in whatever form it comes: the tool's own files, or a FHIR response in JSON."""

from pathlib import Path

from wizard.case.files import Case, CaseErrors, read_case
from wizard.pathway.codes import Code
from wizard.pathway.format.content import read_bytes
from wizard.pathway.model import Pathway
from wizard.pathway.position import Position
from wizard.pathway.problems import FileErrors, Problem


def case_of(
    source: Path | bytes | str, pathway: Pathway, name: str, *, can_be_asked: bool = False
) -> Case:
    """The case of a file, or of bytes or text, that messages call `name`.

    Raises CaseErrors with everything that is wrong with it.
    """
    try:
        data = read_bytes(source, name) if isinstance(source, Path) else source
    except FileErrors as error:
        raise CaseErrors(error.problems) from None
    data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    if b'"resourceType"' in data:
        # Imported on first use: most cases are files of the tool's own.
        from wizard.fhir.as_case import case_of_fhir  # noqa: PLC0415

        return case_of_fhir(data, pathway, name, can_be_asked=can_be_asked)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        what = "this is XML or HTML"
        expected = "a case in YAML or JSON was expected; FHIR is read as JSON alone"
        raise CaseErrors([Problem(Code.NOT_A_CASE, Position(name, 1, 1), what, expected)])
    return read_case(data, pathway, name, can_be_asked=can_be_asked)
