"""The public pages that gather what the areas below know."""
