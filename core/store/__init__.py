"""The SQLite store of articles, reports and incidents."""
