"""How fast the parts are: medians, and ratios to a baseline of the same run.

`python -m tests.benchmarks [NAME...]` runs all, or those named.  Nothing here is a test.
"""
