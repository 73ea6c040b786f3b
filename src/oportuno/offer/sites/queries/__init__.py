"""What one asks of sites and entries."""
