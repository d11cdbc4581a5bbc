"""Mamori: cyber-security of medical facilities in Japan, on evidence."""
