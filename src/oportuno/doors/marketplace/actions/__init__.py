"""What the market itself changes: its vertical, and what search finds of sites."""
