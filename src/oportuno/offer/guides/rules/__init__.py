"""What a guide is, how one walks it, and what is wrong with it: plain Python."""
