"""Readers: files in many formats to articles.

expand.py    what the user named -> files (folders, globs, `-`)
decode.py    bytes -> text, or a sentence about what is wrong with them
plain.py     .txt and .md, with optional YAML front matter -> one article
records.py   .json and .jsonl -> articles
fields.py    values of front matter and JSON -> the fields of an article
naming.py    one id, one article: files of one name in several folders are told apart
read.py      all of it, in order, each trouble reported and the rest done
"""

from incidents.articles.read import read_articles

__all__ = ["read_articles"]
