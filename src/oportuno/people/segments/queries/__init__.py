"""Questions about segments."""
