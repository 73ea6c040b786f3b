"""A whole market in one file, and back."""
