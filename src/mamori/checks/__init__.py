"""Small functions that turn facts into findings, one file a topic."""
