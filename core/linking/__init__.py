"""Reports into incidents, across articles: pure functions, one step a file.

    block.py       which pairs of reports are worth comparing
    compare.py     one pair, feature by feature (places.py, dates.py, sides.py, kinds.py, counts.py)
    score.py       the features' weights, and the conditions under which they count
    group.py       reports into groups: the anchored ones (cluster.py), then the loose (attach.py)
    identity.py    which group keeps which id
    merge.py       one group into one incident (merge_counts.py, deaths.py, grade.py, copies.py)
    pipeline.py    all of it in a row

place_names.py compares names that the gazetteer does not know; memo.py keeps what was worked out.

The order of the reports never changes the result.
"""

from incidents.linking.compare import Comparison, compare_reports
from incidents.linking.pipeline import DEFAULT_THRESHOLD, PairScore, explain, link
from incidents.linking.score import weigh

__all__ = [
    "DEFAULT_THRESHOLD",
    "Comparison",
    "PairScore",
    "compare_reports",
    "explain",
    "link",
    "weigh",
]
