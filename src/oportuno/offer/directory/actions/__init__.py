"""What changes the directory: one verb each."""
