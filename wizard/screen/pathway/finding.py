"""What the search offers in the pathway place: all that is said, documents and cases besides."""

from collections.abc import Iterator

from wizard.record import replace
from wizard.screen.pathway.contents import TITLES, kinds
from wizard.screen.pathway.keys import refusal
from wizard.screen.pathway.state import Browsing, Kind, Page, close
from wizard.screen.shared.keys import Key
from wizard.screen.shared.search import key_offers
from wizard.wording.finding import Findable, FoundKind, of_pathway


def offered(state: Browsing, keys: tuple[Key, ...]) -> Iterator[Findable]:
    """Actions, the kinds of things, everything that the pathway says, and its cases."""
    beneath, pathway = close(state), state.pathway
    yield from key_offers((key, refusal(key.action, beneath)) for key in keys)
    for kind in kinds(state):
        yield Findable(FoundKind.PAGE, Page(kind).target, TITLES[kind])
    for each in of_pathway(pathway):
        if each.kind is FoundKind.CLAIM:
            lines = f"line {pathway.claims[each.id].lines}"
            yield replace(each, texts=(*each.texts, lines))
        else:
            yield each
    for source in pathway.sources.values():
        yield Findable(
            FoundKind.DOCUMENT,
            f"{Kind.DOCUMENT}:{source.id}",
            source.short,
            id=source.id,
            note=source.id,
            texts=(source.title, source.type, source.publisher or ""),
        )
    for shared in pathway.shared.values():
        target = f"{Kind.SHARED}:{shared.id}"
        yield Findable(FoundKind.SHARED, target, shared.label, id=shared.id)
    for hazard in pathway.hazards.values():
        texts = (hazard.cause, hazard.control)
        target = f"{Kind.HAZARD}:{hazard.id}"
        yield Findable(FoundKind.HAZARD, target, hazard.hazard, hazard.id, hazard.id, texts)
    for name, title in state.cases:
        target = f"{Kind.CASE}:{name}"
        yield Findable(FoundKind.CASE, target, title, id=name.removesuffix(".yaml"))
