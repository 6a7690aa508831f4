"""The Textual app: the only folder that knows a terminal of colours and keys."""
