"""Reports against annotated articles: how much is found, how much of it is right, what is missed.

gold.py       an annotated article: its format, and the reader that names broken rows
agreement.py  when a name, a day, a casualty of a report is the annotated one
align.py      which report tells which annotated incident
figures.py    precision, recall and F1, field by field
misses.py     what fell short, and why
evaluate.py   all of it for a set of articles
"""

from incidents.evaluation.align import align
from incidents.evaluation.evaluate import Evaluation, evaluate, is_right, read_reports
from incidents.evaluation.figures import FIGURES, Figure
from incidents.evaluation.gold import GoldArticle, GoldIncident, read_gold
from incidents.evaluation.misses import Miss

__all__ = [
    "FIGURES",
    "Evaluation",
    "Figure",
    "GoldArticle",
    "GoldIncident",
    "Miss",
    "align",
    "evaluate",
    "is_right",
    "read_gold",
    "read_reports",
]
