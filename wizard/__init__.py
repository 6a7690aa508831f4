"""The MDT wizard: which treatment options documents describe for a case, and why."""

__version__ = "0.1.0"
