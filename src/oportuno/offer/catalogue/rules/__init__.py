"""The rules of the catalogue: plain Python, frozen data in, answer and reason out."""
