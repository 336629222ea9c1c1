"""The page that `incidents export html` writes: map, timeline, table and evidence in one file."""
