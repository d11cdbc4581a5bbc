"""Run the checks."""
