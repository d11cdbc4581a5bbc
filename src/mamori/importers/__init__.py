"""File formats: bytes to facts."""
