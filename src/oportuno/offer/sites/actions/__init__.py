"""What is done to sites and entries."""
