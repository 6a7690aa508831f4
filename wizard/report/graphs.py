"""Drawings of trees in two languages for graphs: those of Mermaid and of Graphviz."""

from collections.abc import Iterator
from typing import Final

from wizard.report.drawing import Drawings, Place
from wizard.wording.trees import Reach

_CLASSES: Final = {Reach.TAKEN: "taken", Reach.OPEN: "open", Reach.CLOSED: "closed"}
_DOT_STYLES: Final = {Reach.TAKEN: "bold", Reach.OPEN: "dashed", Reach.CLOSED: "dotted"}
_MERMAID_EDGES: Final = {Reach.TAKEN: "==>", Reach.OPEN: "-.->", Reach.CLOSED: "-->"}
_MERMAID_ENTITIES: Final = str.maketrans({char: f"#{ord(char)};" for char in '"#&<>[](){}|`;\\'})
"""Mermaid reads these even inside quotes; it writes characters by their number."""


def mermaid(drawn: Drawings) -> str:
    """The drawings as a Mermaid flowchart, an option a frame."""
    lines = [f"%% {line}" for line in (drawn.title, *drawn.notices)]
    lines.append("flowchart LR")
    for number, group in enumerate(drawn.groups):
        lines.append(f'  subgraph g{number}["{_escaped(group.label)}"]')
        for at, tree in enumerate(group.trees):
            name = f"g{number}t{at}"
            lines.append(f'    {name}["{_escaped(tree.heading)}"] --- {name}n')
            lines += _mermaid(tree.root, f"{name}n", of_a_case=drawn.of_a_case)
        lines.append("  end")
    if drawn.of_a_case:
        lines += ("  classDef taken stroke-width:3px", "  classDef closed stroke-dasharray:1 4")
    return "\n".join(lines) + "\n"


def _mermaid(place: Place, name: str, *, of_a_case: bool) -> Iterator[str]:
    opened, closed = ("([", "])") if place.is_answer else ("[", "]")
    label = "<br/>".join(map(_escaped, _label(place)))
    style = f":::{_CLASSES[place.reach]}" if of_a_case else ""
    yield f'    {name}{opened}"{label}"{closed}{style}'
    for at, each in enumerate(place.below):
        edge = _MERMAID_EDGES[each.reach] if of_a_case else "-->"
        yield f"    {name} {edge} {name}x{at}"
        yield from _mermaid(each, f"{name}x{at}", of_a_case=of_a_case)


def _escaped(words: str) -> str:
    return words.translate(_MERMAID_ENTITIES)


def dot(drawn: Drawings) -> str:
    """The drawings as a Graphviz graph, an option a cluster."""
    lines = [
        "digraph pathway {",
        f"  label={_quoted(chr(10).join((drawn.title, *drawn.notices)))};",
        '  rankdir=LR; labelloc=t; node [fontname="sans-serif"];',
    ]
    for number, group in enumerate(drawn.groups):
        lines += (f"  subgraph cluster_{number} {{", f"    label={_quoted(group.label)};")
        for at, tree in enumerate(group.trees):
            name = f"g{number}t{at}"
            lines.append(f"    {name} [shape=plaintext, label={_quoted(tree.heading)}];")
            lines.append(f"    {name} -> {name}n [arrowhead=none];")
            lines += _dot(tree.root, f"{name}n", of_a_case=drawn.of_a_case)
        lines.append("  }")
    return "\n".join([*lines, "}"]) + "\n"


def _dot(place: Place, name: str, *, of_a_case: bool) -> Iterator[str]:
    shape = "plaintext" if place.is_answer else "box"
    style = f", style={_DOT_STYLES[place.reach]}" if of_a_case else ""
    yield f"    {name} [shape={shape}, label={_quoted(chr(10).join(_label(place)))}{style}];"
    for at, each in enumerate(place.below):
        drawn = f" [style={_DOT_STYLES[each.reach]}]" if of_a_case else ""
        yield f"    {name} -> {name}x{at}{drawn};"
        yield from _dot(each, f"{name}x{at}", of_a_case=of_a_case)


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _label(place: Place) -> tuple[str, ...]:
    return tuple(filter(None, (place.words, place.end, ", ".join(place.claims))))
