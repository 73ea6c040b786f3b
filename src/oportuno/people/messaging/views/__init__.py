"""Leaving by a link, what was sent, texts, and the rules of an organisation."""
