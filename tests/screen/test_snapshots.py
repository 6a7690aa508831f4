"""The screens as text, reviewed by eye.

SNAPSHOTS=write writes the files anew; read the difference before it is committed.
"""

import pytest

from tests.screen.driving import cells, picture, press, wizard

TO_GROWTH = ["1", "1", "asterisk", "3", "1", "enter"]
CASES = {
    "first_question": [],
    "liver": TO_GROWTH,
    "list": [*TO_GROWTH, "1", "asterisk", "asterisk", "asterisk", "asterisk", "asterisk"],
    "result": [*TO_GROWTH, "N"],
    "option": [*TO_GROWTH, "tab", "enter"],
    "tour": ["T", "right", "right"],
}
SHAPES = [
    ((120, 36), "mdt-dark"),
    ((120, 36), "mdt-light"),
    ((200, 50), "mdt-dark"),
    ((100, 30), "mdt-light"),
    ((80, 24), "mdt-dark"),
    ((60, 20), "mdt-light"),
    ((40, 12), "mdt-dark"),
]


@pytest.mark.parametrize(("size", "theme"), SHAPES)
@pytest.mark.parametrize("name", CASES)
async def test_the_screen_is_as_it_was_reviewed(
    name: str, size: tuple[int, int], theme: str
) -> None:
    app = wizard(theme=theme)
    async with app.run_test(size=size) as pilot:
        await press(pilot, CASES[name])
        shown = cells(app)
    assert shown == picture(name, size, shown)
