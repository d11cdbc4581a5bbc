"""The yearly check: open, answer, step, form, return, carry."""
