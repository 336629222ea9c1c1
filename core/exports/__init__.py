"""Reports and incidents in the formats of other tools."""

from incidents.exports.to_csv import COLUMNS, write_csv
from incidents.exports.to_json import write_json, write_jsonl

__all__ = ["COLUMNS", "write_csv", "write_json", "write_jsonl"]
