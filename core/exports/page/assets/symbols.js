/* Symbols of the map: incidents of one spot, or of spots that are too close to be told apart at a
   zoom, are one circle. Its area says how many were killed, its slices which types they are. */
Page.symbols = (() => {
  const { incidents, types } = Page.data;
  const SMALLEST = 7;
  const LARGEST = 40;
  function bySpot(list) {
    const found = new Map();
    for (const it of list) {
      if (!it.at) continue;
      const key = it.at.join();
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(it);
    }
    return [...found.values()];
  }

  const deathsOf = (members) => members.reduce((sum, it) => sum + it.deaths[1], 0);
  const most = Math.max(1, ...bySpot(incidents).map(deathsOf));
  const unit = Math.min(5, LARGEST / Math.sqrt(most));

  const radius = (deaths) => Math.min(LARGEST, Math.max(SMALLEST, unit * Math.sqrt(deaths)));

  /* Put incidents together by where they fall on the screen. project: [lat, lon] to pixels. The
     middle of a country is no spot: what is only known to lie in it stays by itself. */
  const gather = (shown, project) =>
    [true, false].flatMap((wide) => gatherAlike(shown.filter((it) => Boolean(it.wide) === wide), project));

  function gatherAlike(shown, project) {
    const found = [];
    const cells = new Map();
    const cellOf = (value) => Math.floor(value / LARGEST);
    const ordered = bySpot(shown)
      .map((members) => ({ members, deaths: deathsOf(members) }))
      .sort((a, b) => b.deaths - a.deaths || b.members.length - a.members.length);
    for (const spot of ordered) {
      const { x, y } = project(spot.members[0].at);
      const size = radius(spot.deaths);
      let near = null;
      for (let i = cellOf(x) - 2; i <= cellOf(x) + 2 && !near; i++)
        for (let j = cellOf(y) - 2; j <= cellOf(y) + 2 && !near; j++)
          near = (cells.get(`${i},${j}`) ?? []).find((other) =>
            Math.hypot(other.x - x, other.y - y) < Math.max(other.size, (other.size + size) * 0.7));
      if (near) {
        near.members.push(...spot.members);
        near.deaths += spot.deaths;
        near.spots += 1;
      } else {
        const symbol = { x, y, size, at: spot.members[0].at, spots: 1, ...spot };
        found.push(symbol);
        const key = `${cellOf(x)},${cellOf(y)}`;
        cells.set(key, [...(cells.get(key) ?? []), symbol]);
      }
    }
    return found;
  }

  function pie(members, size) {
    const counts = types.map((_, kind) => members.filter((it) => it.kind === kind).length);
    const present = counts.filter(Boolean).length;
    if (present === 1) return [Page.draw("circle", { class: `slice t${members[0].kind}`, r: size })];
    let turned = 0;
    return counts.flatMap((count, kind) => {
      if (!count) return [];
      const [from, to] = [turned, (turned += count / members.length)].map((part) => part * 2 * Math.PI);
      const end = (angle) => `${size * Math.sin(angle)} ${-size * Math.cos(angle)}`;
      const large = to - from > Math.PI ? 1 : 0;
      const d = `M0 0L${end(from)}A${size} ${size} 0 ${large} 1 ${end(to)}Z`;
      return [Page.draw("path", { class: `t${kind}`, d })];
    });
  }

  function icon(symbol) {
    const size = radius(symbol.deaths);
    const many = symbol.members.length;
    const svg = Page.draw("svg", {
      width: 2 * size, height: 2 * size, viewBox: `${-size} ${-size} ${2 * size} ${2 * size}`,
      "aria-hidden": "true",
    }, ...pie(symbol.members, size), Page.draw("circle", { class: "rim", r: size }),
    many > 1 ? Page.draw("text", {}, String(many)) : null);
    return { svg, size };
  }

  function name(symbol) {
    const places = [...new Set(symbol.members.map((it) => it.where || it.area || "?"))];
    const rest = places.length - 2;
    return rest > 0 ? `${places.slice(0, 2).join(", ")} and ${Page.count(rest, "place")} more` : places.join(", ");
  }

  function describe(symbol) {
    const { members, deaths } = symbol;
    const what = members.length === 1 ? `${members[0].sub}, ${members[0].when}` : Page.count(members.length, "incident");
    return `${name(symbol)}: ${what}, ${deaths.toLocaleString("en")} killed`;
  }

  /* Round numbers of deaths for the key: one dot, a small circle, a middling one. */
  function steps() {
    const round = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000];
    const largest = (limit) => round.filter((number) => number <= most && radius(number) <= limit).at(-1);
    return [...new Set([1, largest(12), largest(20)])].filter((number) => number !== undefined);
  }

  return { gather, icon, name, describe, radius, steps };
})();
