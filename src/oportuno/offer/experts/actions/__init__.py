"""What changes among those who ask and those who know."""
