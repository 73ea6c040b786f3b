"""Guides in the workbench."""
