"""Results that are kept for the very object that they were made of."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, Final, ParamSpec, TypeVar

Of = TypeVar("Of")
Rest = ParamSpec("Rest")
Made = TypeVar("Made")

_MOST: Final = 512


def kept_for_each(
    make: Callable[Concatenate[Of, Rest], Made],
) -> Callable[Concatenate[Of, Rest], Made]:
    """The function, which makes a result once for each object that it is given first.

    It goes by the identity of that object, which nothing may change: a record of a pathway takes
    as long to compare as the result takes to make.  What follows is compared, and can be hashed.
    """
    # An object that is kept here shares its identity with no other.
    kept: dict[tuple[Hashable, ...], tuple[Of, Made]] = {}

    @wraps(make)
    def of(made_of: Of, /, *rest: Rest.args, **named: Rest.kwargs) -> Made:
        key = (id(made_of), *rest, *named.items())
        found = kept.get(key)
        if found is None:
            if len(kept) >= _MOST:
                kept.clear()
            found = kept[key] = made_of, make(made_of, *rest, **named)
        return found[1]

    return of
