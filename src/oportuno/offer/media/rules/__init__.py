"""What files are, and how addresses and feeds are read. Plain Python."""
