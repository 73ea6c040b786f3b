"""What imports from WordPress tell."""
