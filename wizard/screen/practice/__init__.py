"""The practice place: its state, its keys, and every view of a round."""
