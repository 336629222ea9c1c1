/* What the sources say of one incident: the row that opens below it. */
Page.claims = (() => {
  const { articles } = Page.data;
  const { make } = Page;
  const roles = { initiator: "Initiator", target: "Target", participant: "Participants", mediator: "Mediator" };
  const sideNames = ["first side", "second side", "civilians", "not known whose"];

  function link(article) {
    const words = article.title || article.name;
    return article.url
      ? make("a", { href: article.url, rel: "noopener noreferrer", target: "_blank" }, bdi(words))
      : bdi(words);
  }

  const bdi = (text) => make("bdi", {}, text);

  function facts(it) {
    const rows = [];
    const add = (name, ...values) => rows.push(make("dt", {}, name), make("dd", {}, ...values));
    add("What", `${it.type}: ${it.sub}${it.background ? " (background: an earlier event that articles recall)" : ""}`);
    if (it.where) add("Where", bdi([it.where, it.area].filter(Boolean).join(" · ")));
    for (const [role, title] of Object.entries(roles)) {
      const names = it.actors.filter(([, other]) => other === role).map(([name]) => name);
      if (names.length) add(title, bdi(names.join("; ")));
    }
    for (const [kind, words] of Object.entries(it.harm)) add(kind[0].toUpperCase() + kind.slice(1), bdi(words));
    const [low, best, high] = it.deaths;
    const sides = it.sides.map((count, at) => (count ? `${sideNames[at]} ${count}` : "")).filter(Boolean);
    if (high) add("Deaths", `${best}${low !== high ? `, from ${low} to ${high}` : ""}${sides.length ? ` (${sides.join(", ")})` : ""}`);
    add("Grade", make("span", { class: `tag ${it.grade}` }, it.grade), ` ${Page.count(it.sources, "independent source")}`);
    if (it.confidence) add("Confidence", `${Math.round(it.confidence * 100)} % that type, date and place are right`);
    if (it.differs.length) add("Sources differ", make("ul", {}, ...it.differs.flatMap(differing)));
    return make("dl", { class: "facts" }, ...rows);
  }

  function differing({ field, values = [] }) {
    const told = values.map(([value, from]) => {
      const names = [...new Set(from.map((number) => articles[number].name))];
      return `${value}${names.length ? ` (${names.join(", ")})` : ""}`;
    });
    const name = field.replace(/^casualties (.*?)( unknown)?$/, (_, claim, open) => claim + (open ? " of no known side" : ""));
    return make("li", {}, bdi(`${name}: ${told.join("; ")}`));
  }

  function passage({ parts = [], said = [] }) {
    const sentence = parts.map(([text, field]) => (field ? make("mark", { title: field }, text) : text));
    return make("div", { class: "passage" },
      parts.length ? make("blockquote", { dir: "auto" }, ...sentence) : null,
      make("ul", { class: "said" }, ...said.map((each) => make("li", {},
        make("span", { class: "field" }, each.field),
        make("span", {}, each.value ? bdi(each.value) : "told here as well",
          each.speaker ? make("span", { class: "speaker" }, " — says ", bdi(each.speaker)) : null,
          each.rule ? make("span", { class: "rule" }, ` · rule ${each.rule}`) : null)))));
  }

  function telling({ article: number, passages = [] }) {
    const article = articles[number];
    const from = [article.title ? article.name : "", article.published ?? ""].filter(Boolean);
    return make("article", { class: "telling" },
      make("h3", {}, link(article), from.length ? make("span", {}, ` ${from.join(", ")}`) : null),
      ...passages.map(passage));
  }

  function tools(it, box) {
    const rules = make("button", { type: "button", class: "plain", "aria-pressed": "false", onclick: () => {
      rules.setAttribute("aria-pressed", String(box.classList.toggle("rules")));
    } }, "Show rules");
    const place = it.at
      ? make("button", { type: "button", class: "plain", onclick: () => Page.map.show(it) }, "Show on the map")
      : null;
    return make("div", { class: "tools" }, place, rules);
  }

  function show(it) {
    const box = make("div", {});
    box.append(facts(it), tools(it, box), ...it.told.map(telling),
      make("p", { class: "note" }, `Incident ${it.id}`));
    return box;
  }

  return { show };
})();
