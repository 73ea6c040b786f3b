"""Whom the market talks to outside, a folder for each kind, a file for each provider."""
