"""A demo market, written through the same front doors that people use: a year of a vertical, the same each time."""
