"""The extra `cohort`: what needs duckdb is passed over where it is not installed."""

from importlib.util import find_spec

import pytest

needs_duckdb = pytest.mark.skipif(
    find_spec("duckdb") is None, reason="the extra cohort (duckdb) is not installed"
)
