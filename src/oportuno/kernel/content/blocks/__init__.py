"""The kinds of blocks that the kernel itself brings."""
