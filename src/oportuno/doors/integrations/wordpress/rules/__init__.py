"""What WordPress's words mean here. Plain Python."""
