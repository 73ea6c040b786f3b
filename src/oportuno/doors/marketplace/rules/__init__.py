"""Plain decisions of the public pages."""
