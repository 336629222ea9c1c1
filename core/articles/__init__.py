"""Readers: files in many formats to articles.

expand.py        what the user named -> files (folders, globs, `-`)
source.py        bytes to read, with what is known about them (limits.py holds bombs back)
registry.py      which of the formats in `readers/` a file has
decode.py        bytes -> text, or a sentence about what is wrong with them
records.py       a row or an object -> one article, its fields called as layouts.py has them
line_records.py  JSON Lines -> articles, line by line
warc_records.py  the records of a web archive, damaged ones passed over
markup.py        fragments of HTML -> text; page_dates.py: the day that a page states
fields.py        values of front matter and JSON -> the fields of an article
published.py     days of publication, as sources write them
languages.py     which texts are not English
naming.py        one id, one article: files of one name in several folders are told apart
read.py          all of it, in order, each trouble reported and the rest done
"""

from incidents.articles.read import read_articles

__all__ = ["read_articles"]
