"""Checklists and other dated tables as data, and their loader."""
