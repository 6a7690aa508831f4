"""A pathway as frozen records: what it is, where it is found, and the copy kept of it."""
