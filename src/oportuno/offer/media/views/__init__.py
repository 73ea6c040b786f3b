"""Doors: bytes for anybody, pages for the workbench."""
