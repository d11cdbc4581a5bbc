"""The read interface for other programs."""
