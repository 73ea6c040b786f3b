"""A market brought back from a file sends nothing until somebody says that it is the one that goes on."""

from __future__ import annotations

FLAG = "disarmed"  # a file in the market's home; messaging looks for it before it sends
