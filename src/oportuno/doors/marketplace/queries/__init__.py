"""What public pages ask, gathered from the areas below."""
