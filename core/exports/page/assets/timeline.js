/* The timeline: incidents a day, week, month or year, stacked by type; a brush sets the dates. */
Page.timeline = (() => {
  const { types } = Page.data;
  const HEIGHT = 132;
  const MARGIN = { top: 8, right: 18, bottom: 22, left: 30 };
  const DAY = 86_400_000;
  const units = [
    { name: "day", interval: d3.utcDay, longest: 75, known: ["day"] },
    { name: "week", interval: d3.utcMonday, longest: 540, known: ["day", "week"] },
    { name: "month", interval: d3.utcMonth, longest: 365 * 9, known: ["day", "week", "month"] },
    { name: "year", interval: d3.utcYear, longest: Infinity, known: ["day", "week", "month", "year"] },
  ];
  const box = Page.at("timeline");
  const iso = (time) => new Date(time).toISOString().slice(0, 10);
  let brush = null;
  let measured = null;
  let scale = null;
  let quiet = false; // while the brush is moved to show what the filters say

  /* The finest unit that does not make too many bars, and what is dated closely enough for it. */
  function measure(shown) {
    const dated = shown.filter((it) => it.first !== null);
    for (const unit of units) {
      const drawable = dated.filter((it) => unit.known.includes(it.precision));
      const [first, last] = d3.extent(drawable, (it) => it.first);
      if (unit !== units.at(-1) && (!drawable.length || (last - first) / DAY >= unit.longest)) continue;
      const floor = (time) => unit.interval.floor(new Date(time ?? 0));
      return { unit, dated, drawable, start: floor(first), end: unit.interval.offset(floor(last), 1) };
    }
  }

  function stack({ unit, drawable }) {
    const bins = new Map();
    for (const it of drawable) {
      const key = unit.interval.floor(new Date(it.first)).getTime();
      if (!bins.has(key)) bins.set(key, types.map(() => 0));
      bins.get(key)[it.kind] += 1;
    }
    return bins;
  }

  function draw() {
    const shown = Page.filters.passing("dates");
    measured = measure(shown);
    showNotes(shown);
    if (!measured.drawable.length) return box.replaceChildren();
    const width = box.clientWidth || 600;
    const bins = stack(measured);
    const { start, end } = measured;
    const tallest = Math.max(1, ...[...bins.values()].map((counts) => d3.sum(counts)));
    scale = d3.scaleUtc([start, end], [MARGIN.left, width - MARGIN.right]);
    const y = d3.scaleLinear([0, tallest], [HEIGHT - MARGIN.bottom, MARGIN.top]);
    const svg = Page.draw("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": describe() });
    svg.append(...bars(bins, y));
    const chart = d3.select(svg);
    const ticks = Math.min(5, tallest);
    const most = Math.max(2, Math.floor(width / 90));
    const axis = d3.axisBottom(scale).tickSizeOuter(0);
    // no bar is finer than a day, so no tick is either
    if ((end - start) / DAY <= most) axis.ticks(d3.utcDay).tickFormat(d3.utcFormat("%-d %b"));
    else axis.ticks(most);
    chart.append("g").attr("class", "axis").attr("transform", `translate(0,${HEIGHT - MARGIN.bottom})`)
      .call(axis);
    chart.append("g").attr("class", "axis").attr("transform", `translate(${MARGIN.left},0)`)
      .call(d3.axisLeft(y).ticks(ticks, "d"));
    brush = d3.brushX()
      .extent([[MARGIN.left, MARGIN.top], [width - MARGIN.right, HEIGHT - MARGIN.bottom]])
      .on("end", brushed);
    chart.append("g").attr("class", "brush").call(brush);
    box.replaceChildren(svg);
    showDates();
  }

  function bars(bins, y) {
    return [...bins].flatMap(([time, counts]) => {
      const x = scale(time);
      const width = Math.max(1, scale(measured.unit.interval.offset(new Date(time), 1)) - x - 1);
      let sum = 0;
      return counts.flatMap((count, kind) => {
        if (!count) return [];
        const top = y((sum += count));
        return [Page.draw("rect", { class: `bar t${kind}`, x, y: top, width, height: y(sum - count) - top })];
      });
    });
  }

  function describe() {
    const { unit, drawable, start, end } = measured;
    return `${Page.count(drawable.length, "incident")} by ${unit.name}, from ${iso(start)} to ${iso(end - DAY)}. ` +
      "The fields From and To choose dates as the brush does.";
  }

  function brushed(event) {
    if (quiet || !event.sourceEvent) return;
    if (!event.selection) {
      if (Page.filters.dates().some(Boolean)) Page.filters.setDates("", "");
      return;
    }
    const [from, to] = event.selection.map((x) => scale.invert(x));
    const { interval } = measured.unit;
    // a bin counts if its middle is inside; at least the one that was touched
    const low = interval.round(from);
    const high = new Date(Math.max(interval.round(to), interval.offset(low, 1)));
    Page.filters.setDates(iso(low), iso(high.getTime() - DAY));
  }

  function showDates() {
    const [from, to] = Page.filters.dates();
    const group = d3.select(box).select(".brush");
    const edge = (time) => Math.min(Math.max(scale(time), scale.range()[0]), scale.range()[1]);
    const ends = [from ? edge(Date.parse(from)) : scale.range()[0], to ? edge(Date.parse(to) + DAY) : scale.range()[1]];
    quiet = true;
    group.call(brush.move, (from || to) && ends[0] < ends[1] ? ends : null);
    quiet = false;
  }

  function showNotes(shown) {
    const { unit, dated, drawable } = measured;
    const without = shown.length - dated.length;
    const vague = dated.length - drawable.length;
    const parts = [];
    if (without) parts.push(`${without} without a date`);
    if (vague) parts.push(`${vague} dated less closely than by ${unit.name}`);
    Page.at("time-note").textContent = parts.length ? `Not drawn: ${parts.join(", ")}.` : "";
    Page.at("time-unit").textContent = drawable.length ? `incidents by ${unit.name}; drag to choose dates` : "";
  }

  function begin() {
    Page.filters.onChange(draw);
    let width = box.clientWidth;
    new ResizeObserver(Page.later(() => {
      if (box.clientWidth !== width) (width = box.clientWidth, draw());
    }, 100)).observe(box);
  }

  return { start: begin };
})();
