/* The map: land and lines, names, symbols. */
Page.map = (() => {
  const { borders, incidents, tiles } = Page.data;
  const CLOSE = 13; // where one incident is looked at
  const WHOLE = 11; // where a page begins that is all of one town
  const map = L.map("map", {
    zoomSnap: 0.5, minZoom: 2, maxZoom: 17, worldCopyJump: true, attributionControl: Boolean(tiles),
    maxBounds: [[-75, -220], [85, 220]], maxBoundsViscosity: 0.8,
  });
  const marks = L.layerGroup();
  const names = L.layerGroup();
  const drawn = new Map();
  let shown = [];
  let pointed = null; // the incident that was asked for, until the reader moves on

  function addLand() {
    const { countries, provinces, disputed } = borders.objects;
    const renderer = L.svg({ padding: 0.4 });
    const add = (shape, className) =>
      L.geoJSON(shape, { interactive: false, renderer, style: { className, smoothFactor: 0.8 } }).addTo(map);
    add(topojson.feature(borders, countries), "land");
    add(topojson.mesh(borders, provinces, (a, b) => a !== b), "province");
    add(topojson.mesh(borders, countries, (a, b) => a === b), "coast");
    add(topojson.mesh(borders, countries, (a, b) => a !== b), "border");
    add(topojson.feature(borders, disputed), "disputed");
  }

  function addTiles() {
    const host = new URL(tiles.replace(/\{\w+\}/g, "0")).host;
    const isOsm = host === "openstreetmap.org" || host.endsWith(".openstreetmap.org");
    map.attributionControl.setPrefix(false);
    L.tileLayer(tiles, {
      maxZoom: 17, attribution: isOsm ? "© OpenStreetMap contributors" : `Tiles: ${host}`,
    }).addTo(map);
    map.getContainer().classList.add("tiled");
  }

  function makeMark(symbol) {
    const { svg, size } = Page.symbols.icon(symbol);
    const picked = Page.filters.picked();
    const classes = ["symbol"];
    if (symbol.members.every((it) => it.wide)) classes.push("wide");
    if (picked && symbol.members.some((it) => picked.members.has(it))) classes.push("picked");
    const label = Page.symbols.describe(symbol);
    const mark = L.marker(symbol.at, {
      icon: L.divIcon({ html: svg, className: classes.join(" "), iconSize: [2 * size, 2 * size] }),
      riseOnHover: true,
    });
    mark.bindTooltip(Page.make("span", {}, label), { direction: "top", offset: [0, -size] });
    mark.on("click", () => pick(symbol));
    mark.on("add", () => {
      const element = mark.getElement();
      element.setAttribute("aria-label", `${label}; show in the list`);
      element.addEventListener("keydown", (event) => {
        if (event.key === " " || event.key === "Enter") (event.preventDefault(), pick(symbol));
      });
    });
    return mark;
  }

  function pick(symbol) {
    const picked = Page.filters.picked();
    const again = picked && symbol.members.length === picked.members.size &&
      symbol.members.every((it) => picked.members.has(it));
    Page.filters.pick(Page.symbols.name(symbol), again ? null : symbol.members);
  }

  function redraw() {
    const project = (at) => map.latLngToLayerPoint(at);
    const view = map.getBounds().pad(0.3);
    const symbols = Page.symbols.gather(shown, project).filter((each) => view.contains(each.at));
    const focused = document.activeElement?.getAttribute?.("aria-label");
    marks.clearLayers();
    names.clearLayers();
    drawn.clear();
    for (const symbol of symbols) {
      const mark = makeMark(symbol).addTo(marks);
      for (const it of symbol.members) drawn.set(it, mark);
      if (focused && mark.getElement()?.getAttribute("aria-label") === focused) mark.getElement().focus();
    }
    if (pointed) drawn.get(pointed)?.openTooltip();
    const taken = symbols.map((each) => {
      const size = Page.symbols.radius(each.deaths);
      return [each.x - size, each.y - size, each.x + size, each.y + size];
    });
    for (const { name, at, css, gap } of Page.labels.choose(map, taken)) {
      const html = Page.make("span", {}, name);
      html.style.left = `${gap}px`;
      const icon = L.divIcon({ html, className: `map-label ${css}`, iconSize: [0, 0] });
      L.marker(at, { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(names);
    }
  }

  function fit(list) {
    const spots = list.filter((it) => it.at).map((it) => it.at);
    if (!spots.length) map.setView([20, 15], 2, { animate: false });
    else map.fitBounds(L.latLngBounds(spots), { padding: [45, 45], maxZoom: WHOLE, animate: false });
  }

  function addKey() {
    const circle = (number) => {
      const r = Page.symbols.radius(number);
      return Page.draw("svg", { width: 2 * r + 2, height: 2 * r + 2, "aria-hidden": "true" },
        Page.draw("circle", { r, cx: r + 1, cy: r + 1, class: number ? "" : "dashed" }));
    };
    const sizes = Page.symbols.steps().map((number) =>
      Page.make("span", {}, circle(number), number === 1 ? "0 or 1" : number.toLocaleString("en")));
    const nowhere = incidents.filter((it) => !it.at).length;
    Page.at("key").append("Killed:", ...sizes);
    if (incidents.some((it) => it.wide && it.at))
      Page.at("key").append(Page.make("span", {}, circle(0), "only the province or country is known"));
    if (nowhere) Page.at("key").append(Page.make("span", {}, `Not on the map: ${nowhere} without a known place`));
  }

  function start() {
    if (tiles) addTiles();
    else addLand();
    fit(incidents);
    marks.addTo(map);
    names.addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    addKey();
    map.on("zoomstart dragstart", () => (pointed = null));
    map.on("zoomend moveend resize", Page.later(redraw, 30));
    Page.filters.onChange(() => {
      shown = Page.filters.passing("picked");
      redraw();
    });
    new ResizeObserver(Page.later(() => map.invalidateSize({ animate: false }), 100)).observe(Page.at("map"));
  }

  function show(incident) {
    map.setView(incident.at, Math.max(map.getZoom(), CLOSE), { animate: false });
    pointed = incident; // the redraw that follows each move opens its tooltip
    Page.at("map").scrollIntoView({ block: "nearest" });
  }

  return { start, show, map };
})();
