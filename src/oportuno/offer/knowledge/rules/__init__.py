"""What is decided without a database: citations, sources, what a draft still lacks."""
