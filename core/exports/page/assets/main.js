/* Begin: the parts first, then the filters, which tell all of them what to show. */
(() => {
  const { incidents, articles } = Page.data;
  const dates = incidents.filter((it) => it.start && !it.background).flatMap((it) => [it.start, it.end]).sort();
  const [low, best, high] = [0, 1, 2].map((at) => incidents.reduce((sum, it) => sum + it.deaths[at], 0));
  const killed = low === high ? `${best.toLocaleString("en")} killed` :
    `${best.toLocaleString("en")} killed (${low.toLocaleString("en")} to ${high.toLocaleString("en")})`;
  const day = (text) => new Date(`${text}T00:00:00Z`).toLocaleDateString("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
  const parts = [Page.count(incidents.length, "incident"), killed, `from ${Page.count(articles.length, "article")}`];
  if (dates.length) parts.push(dates[0] === dates.at(-1) ? day(dates[0]) : `${day(dates[0])} to ${day(dates.at(-1))}`);
  Page.at("summary").textContent = incidents.length ? parts.join(" · ") : "No incidents.";

  Page.table.start();
  Page.map.start();
  Page.timeline.start();
  Page.filters.start();
  Page.table.openNamed();
  document.documentElement.dataset.ready = "yes"; // for tests and for pages that embed this one
})();
