/* Names on the map: as many as fit, the more important first. */
Page.labels = (() => {
  const { labels, incidents } = Page.data;
  const WIDTH = 6.6;
  const HEIGHT = 15;
  const GAP = 6; // between a town and its name; a name begins beside the mark that covers its town

  function ownPlaces() {
    const found = new Map();
    for (const it of incidents)
      if (it.at && !it.wide && it.where) found.set(it.where, [it.where, ...it.at]);
    return [...found.values()];
  }
  const here = ownPlaces();
  const known = new Set(here.map(([name]) => name));

  /* Classes of names with the zooms between which they are of use. */
  const kinds = [
    { names: here, css: "town here", from: 8, to: 20 },
    { names: labels.countries ?? [], css: "country", from: 2, to: 7.9 },
    { names: labels.provinces ?? [], css: "area", from: 6, to: 11 },
    { names: (labels.towns ?? []).filter(([name]) => !known.has(name)), css: "town", from: 6, to: 20 },
  ];

  /* taken: boxes in pixels that no name may cover. */
  function choose(map, taken) {
    const zoom = map.getZoom();
    const bounds = map.getBounds();
    const limit = Math.max(12, Math.round((map.getSize().x * map.getSize().y) / 9000));
    const boxes = [...taken];
    const chosen = [];
    for (const { names, css, from, to } of kinds) {
      if (zoom < from || zoom > to) continue;
      for (const [name, lat, lon] of names) {
        if (chosen.length >= limit) return chosen;
        if (!bounds.contains([lat, lon])) continue;
        const { x, y } = map.latLngToLayerPoint([lat, lon]);
        const wide = name.length * (css === "country" ? WIDTH * 1.45 : WIDTH);
        const isTown = css.startsWith("town");
        const under = taken.find((other) => overlap([x, y, x, y], other));
        const gap = under ? under[2] - x + 3 : GAP;
        const left = isTown ? x + gap : x - wide / 2;
        const box = [left, y - HEIGHT / 2, left + wide, y + HEIGHT / 2];
        const isOwn = css.endsWith("here");
        if (boxes.some((other, at) => !(isOwn && at < taken.length) && overlap(box, other))) continue;
        boxes.push(box);
        chosen.push({ name, at: [lat, lon], css, gap: isTown ? gap : 0 });
      }
    }
    return chosen;
  }

  const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  return { choose };
})();
