"""Reports and incidents in the formats of other tools."""
