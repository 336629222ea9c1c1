/* What the reader asked for, and which incidents pass. */
Page.filters = (() => {
  const { incidents, types, fold, day, wordKey } = Page.data;
  const form = Page.at("filters");
  const listeners = [];
  /* picked: incidents of a symbol of the map, or null */
  const state = { kinds: new Set(types.keys()), picked: null };
  const field = (name) => form.elements.namedItem(name);

  /* Each test takes an incident; a filter that is not set gives none. */
  function tests() {
    const made = {};
    const text = (name) => fold(field(name).value.trim());
    const words = text("words").split(/\s+/).filter(Boolean);
    const place = text("place");
    const actor = text("actor");
    const from = day(field("from").value);
    const to = day(field("to").value);
    const deaths = Number(field("deaths").value);
    const grade = field("grade").value;
    if (state.kinds.size < types.length) made.kinds = (it) => state.kinds.has(it.kind);
    if (words.length) made.words = (it) => words.every((word) => wordKey(it).includes(word));
    if (place) made.place = (it) => it.placeKey.includes(place);
    if (actor) made.actor = (it) => it.actorKey.includes(actor);
    if (from || to)
      made.dates = (it) => it.first !== null && (!from || it.last >= from) && (!to || it.first <= to);
    if (deaths > 0) made.deaths = (it) => it.deaths[1] >= deaths;
    if (grade) made.grade = (it) => it.grade === grade;
    if (field("disputed").checked) made.disputed = (it) => it.differs.length > 0;
    if (field("current").checked) made.current = (it) => !it.background;
    if (state.picked) made.picked = (it) => state.picked.members.has(it);
    return made;
  }

  /* Those that pass all tests but the ones named: the timeline shows what lies outside its brush,
     the map what lies outside the symbol that was clicked. */
  function passing(...without) {
    const wanted = Object.entries(tests()).filter(([name]) => !without.includes(name));
    return incidents.filter((incident) => wanted.every(([, passes]) => passes(incident)));
  }

  const chipNames = {
    words: () => `“${field("words").value.trim()}”`,
    place: () => `Place: ${field("place").value.trim()}`,
    actor: () => `Actor: ${field("actor").value.trim()}`,
    dates: () => [field("from").value, field("to").value].map((each) => each || "…").join(" to "),
    deaths: () => `At least ${field("deaths").value} killed`,
    grade: () => `Grade: ${field("grade").value}`,
    disputed: () => "Sources differ",
    current: () => "No background",
    picked: () => `On the map: ${state.picked.name}`,
    kinds: () => Page.count(state.kinds.size, "type"),
  };

  function clear(name) {
    if (name === "picked") state.picked = null;
    else if (name === "kinds") {
      for (const input of Page.at("types").querySelectorAll("input")) input.checked = true;
      state.kinds = new Set(types.keys());
    } else if (name === "dates") field("from").value = field("to").value = "";
    else if (field(name).type === "checkbox") field(name).checked = false;
    else field(name).value = "";
  }

  function showChips(set) {
    const chip = (label, run) =>
      Page.make("button", { type: "button", class: "chip", onclick: run }, label);
    const chips = set.map((name) => {
      const button = chip(`${chipNames[name]()} ✕`, () => (clear(name), changed()));
      button.setAttribute("aria-label", `Remove filter ${chipNames[name]()}`);
      return button;
    });
    const all = () => (set.forEach(clear), changed());
    if (set.length > 1) chips.push(chip("Clear all", all));
    Page.at("chips").replaceChildren(...chips);
    Page.at("filter-count").textContent = set.length ? ` (${set.length} set)` : "";
  }

  function showStatus(shown) {
    const killed = shown.reduce((sum, it) => sum + it.deaths[1], 0);
    const all = incidents.length;
    const some = shown.length === all ? Page.count(all, "incident") :
      `${shown.length.toLocaleString("en")} of ${Page.count(all, "incident")}`;
    Page.at("status").textContent = all ? `${some} · ${killed.toLocaleString("en")} killed` : "";
  }

  function changed() {
    const shown = passing();
    showChips(Object.keys(tests()));
    showStatus(shown);
    for (const listener of listeners) listener(shown);
  }

  function addTypes() {
    const counts = types.map((_, kind) => incidents.filter((it) => it.kind === kind).length);
    Page.at("types").append(...types.map((name, kind) => {
      const input = Page.make("input", { type: "checkbox", checked: true, onchange: () => {
        if (input.checked) state.kinds.add(kind);
        else state.kinds.delete(kind);
        changed();
      } });
      return Page.make("label", { hidden: counts[kind] === 0 },
        input, Page.make("span", { class: `dot t${kind}` }), name,
        Page.make("span", { class: "count" }, String(counts[kind])));
    }));
  }

  function addChoices() {
    const options = (names) => {
      const counted = new Map();
      for (const name of names) if (name) counted.set(name, (counted.get(name) ?? 0) + 1);
      const often = [...counted].sort((a, b) => b[1] - a[1]).slice(0, 200);
      return often.map(([value]) => Page.make("option", { value }));
    };
    Page.at("places").append(...options(incidents.flatMap((it) => it.names)));
    Page.at("actors").append(...options(incidents.flatMap((it) => it.actors.map(([name]) => name))));
  }

  function start() {
    addTypes();
    addChoices();
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", Page.later(changed, 150));
    if (window.matchMedia("(max-width: 719px)").matches) Page.at("filter-box").open = false;
    changed();
  }

  function setDates(from, to) {
    field("from").value = from;
    field("to").value = to;
    changed();
  }

  function pick(name, members) {
    state.picked = members ? { name, members: new Set(members) } : null;
    changed();
  }

  return {
    start, passing, setDates, pick,
    picked: () => state.picked,
    dates: () => [field("from").value, field("to").value],
    onChange: (listener) => listeners.push(listener),
  };
})();
