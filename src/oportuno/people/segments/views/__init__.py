"""Segments in the workbench."""
