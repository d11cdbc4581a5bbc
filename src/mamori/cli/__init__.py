"""The mamori command, one module a topic."""
