"""Plain rules about people: normal forms of addresses, stages, and when an answer is due."""
