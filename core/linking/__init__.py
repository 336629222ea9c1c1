"""Reports into incidents, across articles."""
