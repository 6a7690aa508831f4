"""The case place: its state, its keys, and every view of a case."""
