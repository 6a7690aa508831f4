"""The entries of a file."""

from tests.editor.views import small
from wizard.editor.outline import outline


def test_entries_lie_inside_each_other() -> None:
    view = small()
    name = "options/watch.yaml"
    entries = outline(view.nodes[name], view.texts[name])
    assert [each.name for each in entries] == ["option", "label", "card", "statements"]
    (growth,) = entries[-1].inside
    assert (growth.name, growth.place.line) == ("slow_growth", 6)
    assert [each.name for each in growth.inside] == ["claims", "when"]
    assert entries[-1].last_line == growth.last_line == 8
    assert entries[0].says == "watch"


def test_an_entry_tells_what_it_is() -> None:
    view = small()
    root = view.nodes["factors.yaml"]
    says = {each.name: each.says for each in outline(root, view.texts["factors.yaml"])}
    assert says["kind"] == "Kind of tree"
    assert outline(None, "text") == ()


def test_what_stands_no_longer_where_it_stood_is_left_out() -> None:
    name = "options/watch.yaml"
    text = small().texts[name].replace("card:", "kard:").replace("[HBK-05]", "[HBK-05", 1)
    view = small(name, text)
    entries = outline(view.nodes[name], text)
    assert [each.name for each in entries] == ["option", "label", "statements"]
