"""Records do what frozen, slotted dataclasses do."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from dataclasses import replace as dataclasses_replace
from functools import cached_property

import pytest

from wizard.record import NOTHING, Record, as_data, fields_of, replace


class Point(Record):
    across: int
    down: int = 0


class Other(Record):
    across: int
    down: int = 0


class Named(Record, kw_only=True):
    name: str = ""
    inside: Point
    table: Mapping[str, Point] = NOTHING


class Wider(Named, kw_only=True):
    name: str = "wide"
    more: tuple[Point, ...] = ()


class Nothing(Record):
    pass


class Keeping(Record):
    __slots__ = ("__dict__",)

    size: int

    @cached_property
    def list(self) -> list[int]:
        return [0] * self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    name: str = "wide"
    inside: Point
    table: Mapping[str, Point]
    more: tuple[Point, ...] = ()


def test_a_record_is_made_by_place_and_by_name_and_has_defaults() -> None:
    assert Point(1) == Point(1, 0) == Point(across=1) == Point(down=0, across=1)
    assert Wider(inside=Point(1)).name == "wide"
    assert Wider(inside=Point(1)).table == {}


@pytest.mark.parametrize(
    ("kind", "values", "named"),
    [
        (Point, (), {}),
        (Point, (1, 2, 3), {}),
        (Point, (1,), {"across": 2}),
        (Point, (1,), {"up": 2}),
        (Named, ("name", Point(1)), {}),
        (Named, (), {"name": "name"}),
        (Nothing, (1,), {}),
    ],
)
def test_wrong_arguments_are_a_type_error(
    kind: type, values: tuple[object, ...], named: dict[str, object]
) -> None:
    with pytest.raises(TypeError):
        kind(*values, **named)


def test_records_are_equal_where_class_and_content_are() -> None:
    assert Point(1, 2) != Point(1, 3)
    assert Point(1, 2) != Other(1, 2)
    assert Nothing() == Nothing()
    assert len({Point(1), Point(1), Point(2), Other(1), Nothing(), Nothing()}) == 4
    with pytest.raises(TypeError, match="unhashable"):
        hash(Point([]))  # type: ignore[arg-type]


def test_a_record_is_frozen_and_has_no_room_for_more() -> None:
    point = Point(1)
    with pytest.raises(AttributeError):
        point.across = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        point.up = 2
    with pytest.raises(AttributeError):
        del point.across
    assert not hasattr(point, "__dict__")


def test_a_record_may_keep_what_it_works_out() -> None:
    kept = Keeping(2)
    assert kept.list is kept.list
    assert kept.list == [0, 0]


def test_match_takes_a_record_apart() -> None:
    match Point(1, 2):
        case Other():
            raise AssertionError
        case Point(across, down=2):
            assert across == 1
        case _:
            raise AssertionError


def test_a_record_says_what_it_holds() -> None:
    assert repr(Named(inside=Point(1))) == (
        "Named(name='', inside=Point(across=1, down=0), table=mappingproxy({}))"
    )
    assert fields_of(Wider) == ("name", "inside", "table", "more")
    assert as_data(Wider(inside=Point(1), more=(Point(2),))) == {
        "name": "wide",
        "inside": {"across": 1, "down": 0},
        "table": {},
        "more": ({"across": 2, "down": 0},),
    }


def test_replacing_is_checked_as_making_is() -> None:
    assert replace(Point(1, 2), down=3) == Point(1, 3) == dataclasses_replace(Point(1, 2), down=3)
    with pytest.raises(TypeError):
        replace(Point(1, 2), up=3)  # type: ignore[call-arg]


def test_dataclasses_take_a_record_for_a_dataclass() -> None:
    assert all(is_dataclass(kind) for kind in (Record, Point, Wider))
    assert [part.name for part in fields(Wider)] == [part.name for part in fields(Twin)]
    assert [part.type for part in fields(Wider)] == [part.type for part in fields(Twin)]
    assert all(part.kw_only for part in fields(Wider))
    assert [part.name for part in fields(Named)] == ["name", "inside", "table"]
