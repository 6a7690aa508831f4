"""Asyncio without OpenSSL, which takes long to load: nothing on the screen reaches the network."""

import sys
from importlib import import_module
from typing import Final

_TLS: Final = "ssl"


def import_asyncio() -> None:
    """Import asyncio as where Python has no OpenSSL, before Textual does; others still find it."""
    if _TLS in sys.modules:
        return
    sys.modules[_TLS] = None  # type: ignore[assignment]  # Python's own way to say that there is none
    try:
        import_module("asyncio")
    finally:
        del sys.modules[_TLS]
