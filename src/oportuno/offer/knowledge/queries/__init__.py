"""What there is to read, and what there is to do."""
