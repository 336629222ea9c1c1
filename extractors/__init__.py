"""Text to reports: a spaCy pipeline, one component a file, word lists as data files."""
