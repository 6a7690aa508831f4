"""A case in whatever form it comes: the tool's own files, or a FHIR response in JSON."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.case.files import Case, CaseErrors, is_resource, read_case
from wizard.exits import WrongUsageError
from wizard.pathway.codes import Code
from wizard.pathway.format.content import read_bytes
from wizard.pathway.model import Pathway
from wizard.pathway.position import Position
from wizard.pathway.problems import FileErrors, Problem

if TYPE_CHECKING:
    from wizard.cohort.mapping import RegistryMap
    from wizard.fhir.items import Fault
    from wizard.fhir.responses import Response
    from wizard.fhir.values import ResponseAnswer


def case_of(
    source: Path | bytes | str,
    pathway: Pathway,
    name: str,
    registry: "RegistryMap | None" = None,
    *,
    can_be_asked: bool = False,
) -> Case:
    """The case of a file, or of bytes or text, that messages call `name`.

    `registry` maps the answers to somebody else's questionnaire.  Raises CaseErrors with everything
    that is wrong with it, and MapErrors, WrongUsageError where the map is of no use.
    """
    try:
        data = read_bytes(source, name) if isinstance(source, Path) else source
    except FileErrors as error:
        raise CaseErrors(error.problems) from None
    data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    if is_resource(data):
        # Imported on first use: most cases are files of the tool's own.
        from wizard.fhir.as_case import case_of_fhir

        mapped = None if registry is None else _mapped(registry, pathway)
        return case_of_fhir(data, pathway, name, mapped, can_be_asked=can_be_asked)
    if registry is not None:
        raise WrongUsageError(
            f"--columns maps the answers of a FHIR response, and {name} is not one"
        )
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        what = "this is XML or HTML"
        expected = "a case in YAML or JSON was expected; FHIR is read as JSON alone"
        raise CaseErrors([Problem(Code.NOT_A_CASE, Position(name, 1, 1), what, expected)])
    return read_case(data, pathway, name, can_be_asked=can_be_asked)


def _mapped(
    registry: "RegistryMap", pathway: Pathway
) -> "Callable[[Response, list[Fault]], tuple[Mapping[str, ResponseAnswer], Sequence[str]]]":
    """What reads the answers of a response by a map, with what is to be told of it."""
    from wizard.cohort.mapped import MappedReading

    reading = MappedReading(registry, pathway)

    def read(
        response: "Response", faults: "list[Fault]"
    ) -> "tuple[Mapping[str, ResponseAnswer], Sequence[str]]":
        answers, noted = reading.answers(response, faults)
        return answers, noted.lines

    return read
