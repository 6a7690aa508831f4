"""Classes that a dialogue has by the size of the screen, as its style tells them apart."""

from typing import Final

LOW_OR_HIGH: Final = [(0, "-low"), (20, "-high")]
