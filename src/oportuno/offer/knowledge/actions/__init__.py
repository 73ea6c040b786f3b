"""What people do with articles: write, hand in, decide, publish, withdraw."""
