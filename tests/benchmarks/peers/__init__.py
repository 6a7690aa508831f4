"""Other packages on the same rules and the same cases: equal answers, and how long they take.

`python -m tests.benchmarks peers` needs the extra `peers`; what is not installed is skipped.  Each
peer is given the rules as the files write them (`encoding`), in the form that suits it best, and
answers in the way that was fastest for it of those that were tried.
"""

from tests.benchmarks.peers.rows import main

__all__ = ["main"]
