"""All reads; the first argument is always the viewer."""
