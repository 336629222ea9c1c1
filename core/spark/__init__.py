"""Extraction and linking on a Spark cluster: the same results as on one machine.

    session.py      the Spark session, and what is said where Spark or Java is missing
    files.py        files of any system that Spark writes to: exists, read, write, list, delete
    manifest.py     what an output was made of; another input or version is refused
    steps.py        a step is a folder of Parquet that is written once, whole or not at all
    reading.py      the input's files, read on the workers by the readers of `articles`
    naming.py       one id, one article, over all files
    extraction.py   articles into reports, chunk by chunk
    pairs.py        reports to weighed pairs, by keys
    components.py   connected components by the smallest label
    grouping.py     pairs into groups, groups into incidents
    tables.py       the columns of what is written
    job.py          all of it in a row
    importing.py    an output into a local database

What runs on the workers stands in `worker_*.py` and in `arrow.py`: these never import Spark.
"""
