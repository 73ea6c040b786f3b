"""Pages of the knowledge centre."""
