"""Columnar engines for logs and national figures."""
