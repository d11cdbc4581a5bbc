"""Plain data and rules; no framework, no input or output."""
