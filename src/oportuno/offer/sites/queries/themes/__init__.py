"""Themes: which there are, what they look like, and what a page needs of the one that its site chose."""
