"""Results that are kept for the very object that they were made of."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, Final, ParamSpec, TypeVar

Of = TypeVar("Of")
Rest = ParamSpec("Rest")
Made = TypeVar("Made")
Maker = Callable[Concatenate[Of, Rest], Made]

MANY: Final = 4096
"""As many as the rows of the longest lists."""


def kept_for_each(most: int) -> Callable[[Maker[Of, Rest, Made]], Maker[Of, Rest, Made]]:
    """Makes a result once for each object that a function is given first, at most so many.

    It goes by the identity of that object, which nothing may change: a record of a pathway takes
    as long to compare as the result takes to make.  What follows is compared, and can be hashed.
    """

    def keeping(make: Maker[Of, Rest, Made]) -> Maker[Of, Rest, Made]:
        # An object that is kept here shares its identity with no other.
        kept: dict[tuple[Hashable, ...], tuple[Of, Made]] = {}

        @wraps(make)
        def of(made_of: Of, /, *rest: Rest.args, **named: Rest.kwargs) -> Made:
            key = (id(made_of), *rest, *named.items())
            found = kept.get(key)
            if found is None:
                if len(kept) >= most:
                    kept.clear()
                found = kept[key] = made_of, make(made_of, *rest, **named)
            return found[1]

        return of

    return keeping
