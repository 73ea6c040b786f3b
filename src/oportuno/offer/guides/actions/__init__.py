"""Writing guides, putting them on show, and what buyers do with them."""
