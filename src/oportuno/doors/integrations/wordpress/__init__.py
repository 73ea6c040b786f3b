"""WordPress: its export files in and out, and a running one over its API."""
