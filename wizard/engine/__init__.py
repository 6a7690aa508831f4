"""Exact operations on functions of a case: diagrams, the space of cases, counting, covers."""
