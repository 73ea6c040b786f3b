"""What the market itself changes: its vertical, its articles."""
