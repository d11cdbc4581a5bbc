"""Organisations, members, contracts."""
