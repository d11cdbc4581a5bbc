"""One facility at a glance."""
