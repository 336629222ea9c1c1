/* The list: rows that open to what the sources say. Rows are made as they are needed. */
Page.table = (() => {
  const { make } = Page;
  const STEP = 100;
  const ON_PAPER = 500;
  const columns = [
    { name: "when", title: "Date", value: (it) => it.first ?? Infinity },
    { name: "where", title: "Place", value: (it) => (it.where || "\uffff").toLowerCase() },
    { name: "what", title: "What, and who", value: (it) => it.sub },
    { name: "killed", title: "Killed", value: (it) => it.deaths[1], falls: true },
    { name: "wounded", title: "Wounded", value: (it) => it.wounded?.[0] ?? 0, falls: true },
    { name: "from", title: "Sources", value: (it) => it.sources, falls: true },
  ];
  const state = { column: columns[0], falls: true, limit: STEP, shown: [], open: new Set() };

  function parties(it) {
    const of = (role) => it.actors.filter(([, other]) => other === role).map(([name]) => name).join(", ");
    const [by, on] = [of("initiator"), of("target")];
    const both = it.actors.filter(([, role]) => role === "participant").map(([name]) => name).join(" × ");
    return [by || on ? `${by} → ${on}`.trim() : "", both].filter(Boolean).join(" × ");
  }

  const differs = (it, kind) => it.differs.some(({ field }) => field.startsWith(`casualties ${kind}`));
  const star = () => make("span", { class: "star", title: "sources differ" }, "*");

  function killed(it) {
    const [low, best, high] = it.deaths;
    if (!high) return [];
    const range = low === high ? null : make("span", { class: "sub" }, `${low} to ${high}`);
    return [best.toLocaleString("en"), differs(it, "killed") ? star() : null, range];
  }

  function wounded(it) {
    if (!it.wounded) return [];
    const [low, high] = it.wounded;
    const words = high === null ? `≥ ${low}` : low === high ? String(low) : `${low} to ${high}`;
    return [words, differs(it, "wounded") ? star() : null];
  }

  /* A day stays on one line; a range breaks between its days. */
  const days = (words) => words.split(/(?<=\d) | (?=\d)/).flatMap((part, at) =>
    [at ? " " : null, /^\d/.test(part) ? make("span", { class: "day" }, part) : part]);

  function row(it) {
    const isOpen = state.open.has(it);
    const opener = make("button", { type: "button", class: "opener", "aria-expanded": String(isOpen) }, ...days(it.when));
    const line = make("tr", { class: `row${isOpen ? " open" : ""}${it.background ? " old" : ""}`, id: it.id },
      make("td", { class: "when" }, opener, it.background ? make("span", { class: "sub" }, "background") : null),
      make("td", { class: "where" }, make("bdi", {}, it.where || "?"), it.area ? make("span", { class: "sub" }, it.area) : null),
      make("td", { class: "what" }, make("span", { class: `dot t${it.kind}`, title: it.type }), make("span", { class: "kind" }, it.sub),
        make("bdi", { class: "sub" }, parties(it))),
      make("td", { class: "killed", "data-head": "Killed" }, ...killed(it)),
      make("td", { class: "wounded", "data-head": "Wounded" }, ...wounded(it)),
      make("td", { class: "from" }, make("span", { class: `tag ${it.grade}` }, it.grade),
        make("span", { class: "sub" }, it.outlets.length > 3 ? Page.count(it.outlets.length, "outlet") : it.outlets.join(", "))));
    line.addEventListener("click", (event) => {
      if (event.target.closest("a") || String(window.getSelection())) return;
      toggle(it, line, opener);
    });
    return isOpen ? [line, claimsRow(it)] : [line];
  }

  function claimsRow(it) {
    const cell = make("td", { colspan: columns.length });
    cell.append(Page.claims.show(it));
    return make("tr", { class: "claims", "aria-label": `What the sources say, ${it.when}, ${it.where}` }, cell);
  }

  function toggle(it, line, opener) {
    const isOpen = !state.open.has(it);
    if (isOpen) {
      state.open.add(it);
      line.after(claimsRow(it));
    } else {
      state.open.delete(it);
      line.nextElementSibling.remove();
    }
    line.classList.toggle("open", isOpen);
    opener.setAttribute("aria-expanded", String(isOpen));
  }

  function ordered() {
    const { column, falls } = state;
    const way = falls ? -1 : 1;
    return [...state.shown].sort((a, b) => {
      const [x, y] = [column.value(a), column.value(b)];
      // the undated and the nameless stay last whichever way
      if (x === Infinity || y === Infinity) return (x === Infinity) - (y === Infinity) || a.order - b.order;
      return (x < y ? -way : x > y ? way : 0) || b.deaths[1] - a.deaths[1] || a.order - b.order;
    });
  }

  function draw() {
    const rest = state.shown.length - state.limit;
    Page.at("rows").replaceChildren(...ordered().slice(0, state.limit).flatMap(row));
    const more = Page.at("more");
    more.hidden = rest <= 0;
    more.textContent = `Show ${Math.min(STEP, Math.max(rest, 0))} more of ${rest.toLocaleString("en")}`;
    const nothing = Page.at("nothing");
    nothing.hidden = state.shown.length > 0;
    nothing.textContent = Page.data.incidents.length ? "No incident passes the filters." : "This page holds no incident.";
  }

  function addHeads() {
    Page.at("heads").append(...columns.map((column) => {
      const way = make("span", { class: "way", "aria-hidden": "true" });
      const head = make("th", { scope: "col", class: column.name },
        make("button", { type: "button", onclick: () => sortBy(column) }, column.title, way));
      column.head = head;
      column.way = way;
      return head;
    }));
    showOrder();
  }

  function sortBy(column) {
    state.falls = state.column === column ? !state.falls : Boolean(column.falls);
    state.column = column;
    showOrder();
    draw();
  }

  function showOrder() {
    for (const column of columns) {
      const isOwn = column === state.column;
      column.way.textContent = isOwn ? (state.falls ? "↓" : "↑") : "";
      if (isOwn) column.head.setAttribute("aria-sort", state.falls ? "descending" : "ascending");
      else column.head.removeAttribute("aria-sort");
    }
  }

  function start() {
    addHeads();
    Page.at("more").addEventListener("click", () => {
      const at = state.limit;
      state.limit += STEP;
      draw();
      Page.at("rows").querySelectorAll("tr.row")[at]?.querySelector("button").focus();
    });
    Page.filters.onChange((shown) => {
      state.shown = shown;
      state.limit = STEP;
      draw();
    });
    let before = STEP;
    window.addEventListener("beforeprint", () => {
      before = state.limit;
      state.limit = Math.max(before, ON_PAPER);
      draw();
    });
    window.addEventListener("afterprint", () => {
      state.limit = before;
      draw();
    });
  }

  /* Open the incident that the address names: page.html#inc-… */
  function openNamed() {
    const it = Page.data.incidents.find(({ id }) => `#${id}` === decodeURIComponent(location.hash));
    if (!it) return;
    state.open.add(it);
    state.limit = Math.max(state.limit, ordered().indexOf(it) + 1);
    draw();
    Page.at(it.id)?.scrollIntoView();
  }

  return { start, openNamed };
})();
