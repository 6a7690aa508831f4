"""The Textual app: everything that draws colours and takes keys."""
