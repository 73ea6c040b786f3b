"""What organisations and people do with contacts, consent and questions."""
