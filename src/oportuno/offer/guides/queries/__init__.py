"""Guides as buyers walk them, as their makers see them, and what they find."""
