"""Pages of the outside world's doors."""
