"""Reports and incidents in the formats of other tools.

Each module `to_<name>.py` is a format of `incidents export`; `registry.py` finds them.
"""

from incidents.exports.columns import Column
from incidents.exports.material import Material
from incidents.exports.registry import Export, ExportOption, export_names, load_export
from incidents.exports.table import COLUMNS
from incidents.exports.to_csv import write_csv
from incidents.exports.to_json import write_json
from incidents.exports.to_jsonl import write_jsonl
from incidents.exports.writing import write_file

__all__ = [
    "COLUMNS",
    "Column",
    "Export",
    "ExportOption",
    "Material",
    "export_names",
    "load_export",
    "write_csv",
    "write_file",
    "write_json",
    "write_jsonl",
]
