"""What people type: the public, sellers, the market's staff."""
