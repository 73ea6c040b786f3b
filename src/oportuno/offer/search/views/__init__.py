"""Doors of search: suggestions for anybody, saved searches for a person, demand for the operator."""
