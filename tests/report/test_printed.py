"""Data as JSON: exactly as the standard library lays it out."""

import json

from hypothesis import given
from hypothesis import strategies as st

from wizard.report.as_json import printed

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=30
)


@given(st.dictionaries(st.text(), VALUES))
def test_data_are_laid_out_as_the_standard_library_does(data: dict[str, object]) -> None:
    assert printed(data) == json.dumps(data, indent=2) + "\n"
