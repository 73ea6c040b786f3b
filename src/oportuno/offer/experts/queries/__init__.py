"""What is asked of those who ask and those who know."""
