"""Results that are kept for the very object that they were made of."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec, TypeVar

Of = TypeVar("Of")
Rest = ParamSpec("Rest")
Made = TypeVar("Made")
Maker = Callable[Concatenate[Of, Rest], Made]

MANY: Final = 4096
"""As many as the rows of the longest lists."""


def kept_for_each(most: int) -> Callable[[Maker[Of, Rest, Made]], Maker[Of, Rest, Made]]:
    """Keeps the last result for each object that a function is given first, at most so many.

    It goes by the identity of that object, which nothing may change: a record of a pathway takes
    as long to compare as the result takes to make.  What follows it is compared.
    """

    def keeping(make: Maker[Of, Rest, Made]) -> Maker[Of, Rest, Made]:
        # An object that is kept here shares its identity with no other.
        kept: dict[int, tuple[Of, tuple[object, ...], Made]] = {}

        @wraps(make)
        def of(made_of: Of, /, *rest: Rest.args, **named: Rest.kwargs) -> Made:
            given = (*rest, *named.items())
            found = kept.get(id(made_of))
            if found is None or found[1] != given:
                if found is None and len(kept) >= most:
                    kept.clear()
                found = kept[id(made_of)] = made_of, given, make(made_of, *rest, **named)
            return found[2]

        return of

    return keeping
