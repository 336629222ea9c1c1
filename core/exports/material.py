"""What a format may ask for beside the incidents: reports, articles, options, and a voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from incidents.model import Incident, Report
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

        Those that an article has lost since it was linked are left out.
        """
        known = {report.id: report for report in self._store.links.reports(incident.reports)}
        return [known[id_] for id_ in incident.reports if id_ in known]

    def article(self, article_id: str) -> Article:
        """An article with its text, by the id that sources and reports give.

        One that was taken away since its incidents were linked is empty but for its id.
        """
        return self._store.find_article(article_id) or Article(id=article_id, text="")
