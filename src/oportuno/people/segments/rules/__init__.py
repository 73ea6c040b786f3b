"""One language of conditions: what may be said (things), how it is written (tree), what it means (meaning), for whom it holds (holding)."""
