"""Keeps the parts of a running market alive, and stops them together."""

from __future__ import annotations

from .child import SUPERVISED, Child
from .supervisor import Supervisor

__all__ = ["SUPERVISED", "Child", "Supervisor"]
