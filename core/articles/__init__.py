"""Readers: files in many formats to articles."""
