"""Names to places and actors: the data, name matching and resolution."""
