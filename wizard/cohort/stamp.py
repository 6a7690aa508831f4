"""What stands above a query: of what it is, what it is not for, and the columns of its table."""

from collections.abc import Iterable
from textwrap import wrap

from wizard import __version__
from wizard.cohort.columns import Column, Kind
from wizard.pathway.factors import ChoiceFactor, Factor, NumberFactor
from wizard.pathway.model import Pathway

_WIDE = 96


def stamp(pathway: Pathway, columns: Iterable[Column]) -> str:
    """The comment above a query."""
    lines = [
        f"{pathway.title} {pathway.version}, digest {pathway.digest}",
        f"Written by mdt-wizard {__version__}. {pathway.intended_use}",
        "",
        "A value that the pathway does not know is never taken for a no: the column error names "
        "its question, and nothing else is said of that row. Empty, NULL and unknown are the same.",
        "",
        "The columns of the table, and what may stand in them:",
        *(f"  {each.name}: {may_be(pathway.factors[each.factor], each)}" for each in columns),
    ]
    broken = (
        part for line in lines for part in (wrap(line, _WIDE, subsequent_indent="    ") or [""])
    )
    return "".join(f"-- {line}".rstrip() + "\n" for line in broken)


def may_be(factor: Factor, column: Column) -> str:
    """What may stand in a column, in words."""
    match column.kind, factor:
        case Kind.VALUE, ChoiceFactor():
            groups = f"; groups: {', '.join(factor.groups)}" if factor.groups else ""
            return f"{', '.join(factor.values)}{groups}; unknown"
        case Kind.MEMBER, _:
            return "present, absent, unknown"
        case ((Kind.NONE | Kind.NOT_DONE), _):
            return "present, unknown"
        case _, NumberFactor():
            return f"a number{f' in {factor.unit}' if factor.unit else ''}"
        case _:
            raise TypeError(column)
