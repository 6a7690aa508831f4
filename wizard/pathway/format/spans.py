"""Where the parts of a YAML text stand in it, for edits that leave everything else as it is."""

import yaml

from wizard.record import Record


class Span(Record):
    """A value from its first letter to behind its last, as indexes of the text.

    `parts` are the values in it by key, or by text where they are items of a list, each with where
    its key or the item begins.  `flow` tells whether it is written in braces or brackets.
    """

    start: int
    end: int
    flow: bool
    parts: dict[str, tuple[int, "Span"]]


def spans(text: str) -> Span:
    """The spans of a text that the reader has read without a mistake."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return Span(0, 0, flow=False, parts={}) if root is None else _span(root)


def _span(node: yaml.Node) -> Span:
    start, end = node.start_mark.index, node.end_mark.index
    if not isinstance(node, yaml.CollectionNode):
        return Span(start, end, flow=False, parts={})
    is_map = isinstance(node, yaml.MappingNode)
    pairs = node.value if is_map else [(item, item) for item in node.value]
    parts = {str(key.value): (key.start_mark.index, _span(value)) for key, value in pairs}
    flow = bool(node.flow_style)
    # The parser ends a block where the next one begins, behind the comments between them.
    last = end if flow else max(span.end for _, span in parts.values())
    return Span(start, last, flow, parts)
