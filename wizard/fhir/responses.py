"""A QuestionnaireResponse as data: to which questionnaire, how far it came, and its items.

Nothing of a person is kept: subject, author, source, identifier and names are not looked at.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from wizard.fhir.items import Fault, Item, check_modifiers, items_of
from wizard.fhir.links import DIGEST, questionnaire_url
from wizard.pathway.model import Pathway
from wizard.pathway.problems import quoted
from wizard.record import Record

RESPONSE: Final = "QuestionnaireResponse"
FORM: Final = "Questionnaire"
BUNDLE: Final = "Bundle"
_FINISHED: Final = ("completed", "amended")
_UNFINISHED: Final = ("in-progress", "stopped")
_OURS: Final = questionnaire_url("")


class Response(Record):
    """A response; `form` is the address of its questionnaire as it stands there, without version.

    `brought` are questionnaires that came along: contained in it, or beside it in a Bundle.
    """

    form: str
    version: str | None
    digest: str | None
    finished: bool
    items: tuple[Item, ...]
    brought: tuple[Mapping[str, Any], ...] = ()

    @property
    def pathway(self) -> str | None:
        """The id of the pathway whose questionnaire was answered; None for another's, or none."""
        return self.form.removeprefix(_OURS) if self.form.startswith(_OURS) else None

    def is_to(self, pathway: Pathway) -> bool:
        """Whether it answers the questionnaire of a pathway or of its base, or names none."""
        base = pathway.extends
        ours = self.pathway == pathway.id
        return not self.form or ours or (base is not None and self.pathway == base.pathway)


def read_response(
    raw: Mapping[str, Any], faults: list[Fault], beside: Sequence[Mapping[str, Any]] = ()
) -> Response:
    """The response of an object; what is wrong with it is added to the faults.

    `beside` are questionnaires that stand beside it.
    """
    check_modifiers(raw, faults)
    status = raw.get("status")
    if status == "entered-in-error":
        faults.append(Fault(("status",), "it was entered in error, and says nothing"))
    elif status not in (*_FINISHED, *_UNFINISHED):
        what = "status is missing" if status is None else f"{quoted(str(status))} is not a status"
        faults.append(Fault(("status",), what, "completed, amended, in-progress or stopped"))
    named = raw.get("questionnaire", "")
    if not isinstance(named, str):
        faults.append(Fault(("questionnaire",), "questionnaire is not an address, as in R4"))
        named = ""
    form, _, version = named.partition("|")
    contained = tuple(each for each in _objects(raw, "contained") if is_a(each, FORM))
    if form.startswith("#"):
        own = [each for each in contained if each.get("id") == form[1:]]
        if not own:
            what = f"{quoted(form)} is not contained in it"
            faults.append(Fault(("questionnaire",), what))
        contained = tuple(own)
        form, version = (
            (str(own[0].get(each) or "") for each in ("url", "version")) if own else ("", "")
        )
    digests = [
        each.get("valueString") for each in _objects(raw, "extension") if each.get("url") == DIGEST
    ]
    return Response(
        form=form,
        version=version or None,
        digest=str(digests[0]) if digests else None,
        finished=status in _FINISHED,
        items=tuple(items_of(raw, faults)),
        brought=(*contained, *beside),
    )


def is_a(resource: object, kind: str) -> bool:
    """Whether an object is a resource of a kind."""
    return isinstance(resource, dict) and resource.get("resourceType") == kind


def _objects(part: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    listed = part.get(key)
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
