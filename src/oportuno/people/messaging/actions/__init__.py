"""Sending, and what becomes of messages."""
