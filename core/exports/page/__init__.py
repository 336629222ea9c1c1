"""The page that `incidents export html` writes: map, timeline, table and evidence in one file.

build.py         template, style, scripts and data in one file
facts.py         what the page holds of each incident
claims.py        what each article says of it, with the words marked
borders.py       the land of the map; labels.py: the names on it
"""
