"""Log formats: bytes to events."""
