"""The functions of a pathway as plain data, and back: a start then need not compile.

The store's nodes stand in the order in which they were made, each below its children, so that
making them again gives each the same number.
"""

from decimal import Decimal
from typing import Any

from wizard.engine.compiling import (
    NODE_BUDGET,
    AimFunctions,
    AlertFunctions,
    Compiled,
    shown_by,
)
from wizard.engine.diagrams import IMPOSSIBLE, Diagrams
from wizard.engine.space import space_of
from wizard.pathway.model import Pathway
from wizard.pathway.owned_rules import RuleKey, RuleKind
from wizard.record import fields_of

_BY_ID = ("applies", "derived", "shared", "options", "settings")
"""Functions by one id, as they stand in `Compiled`."""
_BY_PAIR = ("statements", "scopes", "exclusions")
"""Functions by the id of an option and that of something in it."""


def tables(compiled: Compiled) -> dict[str, Any]:
    """All that was compiled, without the pathway, as data that JSON holds."""
    space, store = compiled.space, compiled.diagrams
    return {
        "order": list(dict.fromkeys(space.owners)),
        "cuts": {name: list(map(str, cuts)) for name, cuts in space.cuts.items()},
        "store": [
            store.held[node].ends if node in store.held else (level, *store.children[node])
            for node, level in enumerate(store.levels)
            if node > IMPOSSIBLE
        ],
        **{name: dict(getattr(compiled, name)) for name in _BY_ID},
        **{
            name: [(*key, node) for key, node in getattr(compiled, name).items()]
            for name in _BY_PAIR
        },
        "citing": [(*key, ways) for key, ways in compiled.citing.items()],
        "aims": [(*key, aim.held, aim.missed) for key, aim in compiled.aims.items()],
        "alerts": {
            alert: [getattr(found, name) for name in fields_of(AlertFunctions)]
            for alert, found in compiled.alerts.items()
        },
    }


def compiled_from(pathway: Pathway, data: Any) -> Compiled:
    """What was compiled of this pathway, from its tables.

    Raises ValueError where they are those of another version of the store.
    """
    cuts = {name: tuple(map(Decimal, written)) for name, written in data["cuts"].items()}
    space = space_of(pathway.factors, cuts, data["order"])
    store = Diagrams(space.sizes, NODE_BUDGET)
    for place, (first, *others) in enumerate(data["store"], IMPOSSIBLE + 1):
        if isinstance(first, list):
            pieces = enumerate((first, *others))
            made = store.hold((end, leaf) for end, leaves in pieces for leaf in leaves)
        else:
            made = store.node(first, tuple(others))
        if made != place:
            raise ValueError(place)
    by_pair: dict[str, Any] = {
        name: {(option, part): node for option, part, node in data[name]} for name in _BY_PAIR
    }
    aims = {(option, aim): AimFunctions(*nodes) for option, aim, *nodes in data["aims"]}
    alerts = {alert: AlertFunctions(*nodes) for alert, nodes in data["alerts"].items()}
    return Compiled(
        pathway=pathway,
        space=space,
        diagrams=store,
        **{name: data[name] for name in _BY_ID},
        **by_pair,
        citing={RuleKey(RuleKind(kind), *key): ways for kind, *key, ways in data["citing"]},
        aims=aims,
        alerts=alerts,
        free=space.free,
        shown=shown_by(data["options"], aims, data["settings"], by_pair["exclusions"], alerts),
    )
