/* The data of the page, with what the filters need made ready once. */
Page.data = (() => {
  const data = JSON.parse(Page.at("data").textContent);
  const { incidents, articles } = data.facts;
  const fold = (text) =>
    text.normalize("NFKD").replace(/[\u0300-\u036f\u02bb-\u02bf'’‘`]/g, "").toLowerCase();
  const day = (text) => (text ? Date.parse(`${text}T00:00:00Z`) : null);

  incidents.forEach((incident, order) => {
    incident.order = order;
    incident.kind = data.types.indexOf(incident.type);
    for (const list of ["names", "actors", "outlets", "differs", "told"]) incident[list] ??= [];
    incident.harm ??= {};
    incident.deaths ??= [0, 0, 0];
    incident.sides ??= [0, 0, 0, 0];
    incident.precision ??= "none";
    incident.grade ??= "weak";
    incident.sources ??= 1;
    incident.where ??= "";
    incident.area ??= "";
    incident.first = day(incident.start);
    incident.last = day(incident.end);
    incident.placeKey = fold([incident.where, incident.area, ...incident.names].join("\n"));
    incident.actorKey = fold(incident.actors.map(([name]) => name).join("\n"));
  });

  /* All words of an incident; made when somebody first searches, not while the page loads. */
  function wordKey(incident) {
    if (incident.wordKey === undefined) {
      const told = incident.told.flatMap((telling) => {
        const article = articles[telling.article];
        const passages = telling.passages ?? [];
        return [
          article.name,
          article.title ?? "",
          ...passages.map((passage) => (passage.parts ?? []).map(([text]) => text).join("")),
          ...passages.flatMap((passage) => (passage.said ?? []).map((said) => said.speaker ?? "")),
        ];
      });
      const own = [incident.id, incident.type, incident.sub, incident.when, incident.where, incident.area];
      const rest = [...incident.names, ...incident.actors.map(([name]) => name), ...incident.outlets];
      incident.wordKey = fold([...own, ...rest, ...Object.values(incident.harm), ...told].join("\n"));
    }
    return incident.wordKey;
  }

  return { ...data, incidents, articles, fold, day, wordKey };
})();
