"""What a format may ask for beside the incidents: reports, articles, options, and a voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from incidents.model import Article, Incident, Report
    from incidents.store import Store


class Material:
    """The store behind the incidents of an export, and what the user chose.

    Attributes:
        options: the format's options, each with its value.
        say: tells the user one line that is no data, such as what was left out; on stderr.
        left_out: how many of the incidents the format has not written; a format that leaves some
            out counts them here.
    """

    def __init__(
        self,
        store: Store,
        *,
        options: Mapping[str, str] | None = None,
        say: Callable[[str], None] = lambda _line: None,
    ) -> None:
        self.options = dict(options or {})
        self.say = say
        self.left_out = 0
        self._store = store

    def reports(self, incident: Incident) -> list[Report]:
        """The reports of an incident, with their evidence, in the order of the incident.

        Raises:
            NotFoundError: another process has taken one away in between.
        """
        return [self._store.report(report_id) for report_id in incident.reports]

    def article(self, article_id: str) -> Article:
        """An article with its text, by the id that sources and reports give.

        Raises:
            NotFoundError: another process has taken it away in between.
        """
        return self._store.article(article_id)
