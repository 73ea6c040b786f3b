"""From a file to the site, step by step."""
