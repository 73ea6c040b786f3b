"""What organisations ask about their contacts, and people about what is held of them."""
