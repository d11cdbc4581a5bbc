"""The seeded demonstration hospital."""
