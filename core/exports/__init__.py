"""Reports and incidents in the formats of other tools.

Each module `to_*.py` is a format of `incidents export`; `registry.py` finds them.

    columns.py       what a column is; cells.py: values that no spreadsheet runs as a formula
    table.py         the flat table that CSV, XLSX, Parquet and GeoJSON share
    acled_columns.py, ged_columns.py  the columns of ACLED and UCDP
    parties.py, ged_sides.py  the two sides of an incident, as these want them
    days.py, countries.py  their codes of precision and of countries
    notes.py         an incident in a few sentences
    material.py      what a format may ask for beside the incidents
    writing.py       a file, whole or not at all
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
