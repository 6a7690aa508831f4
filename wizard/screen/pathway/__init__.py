"""The pathway place: the whole pathway to browse, without a case."""
