"""Doors of the seller's workbench."""
