// Where things lie in each view. The build computed the places of all but two views: rings round one thing, and two
// collections side by side, which depend on what is chosen; those are sums without chance, the same each time.
const kept = new Map(); // places by view and choice, so that what was dragged stays

function places() {
  const key = [state.view, state.view === "omgivning" && [state.thing, state.hops], state.view === "jamfor" && state.pair].join("|");
  if (!kept.has(key)) kept.set(key, (arranged[state.view] || asBuilt)());
  return kept.get(key);
}

const arranged = { omgivning: rings, jamfor: columns };

function asBuilt() {
  const { at, lines, ...view } = views.get(state.view);
  const spots = at ? Object.entries(at) : [...data.nodes, ...data.folds].map((node) => [node.id, [node.x, node.y]]);
  const found = { frames: [], bands: [], heads: [], sides: {}, ...view };
  return { ...found, at: new Map(spots.map(([id, [x, y]]) => [id, { x, y }])), lines: lines ? lines.map((n) => edges[n]) : edges.filter((edge) => !edge.only) };
}

// What lies at most so many lines from a thing, nearest first; the things found at each number of lines.
function around(start, hops) {
  const rounds = [[start]];
  const seen = new Map([[start, null]]);
  for (let hop = 0; hop < hops; hop++) {
    const next = [];
    for (const id of rounds[hop]) {
      const ends = touching.get(id).filter((edge) => !edge.only).map((edge) => other(edge, id));
      for (const end of [...new Set(ends)].sort(byFamily)) {
        if (!seen.has(end)) next.push(end) && seen.set(end, id);
      }
    }
    rounds.push(next);
  }
  return { rounds, parent: seen };
}

const byFamily = (one, two) => {
  const [a, b] = [nodeOf.get(one), nodeOf.get(two)];
  return a.group.localeCompare(b.group, "sv") || a.title.localeCompare(b.title, "sv");
};

function rings() {
  const start = state.thing && nodeOf.has(state.thing) && !marks.has(state.thing) ? state.thing : data.start;
  const at = new Map();
  if (!start) return { frames: [], bands: [], heads: [], sides: {}, at, lines: [] };
  const { rounds, parent } = around(start, state.hops);
  const children = new Map([...parent.keys()].map((id) => [id, []]));
  parent.forEach((above, id) => above && children.get(above).push(id));
  const need = new Map();
  const needs = (id) => {
    const own = nodeOf.get(id).room;
    need.set(id, Math.max((own[0] + own[1]) / 2 + 14, children.get(id).reduce((sum, one) => sum + needs(one), 0)));
    return need.get(id);
  };
  needs(start);
  at.set(start, { x: 0, y: 0 });
  const turns = new Map([[start, [-Math.PI / 2, 1.5 * Math.PI]]]);
  let far = 0;
  rounds.slice(0, -1).forEach((round, ring) => {
    const width = rounds[ring + 1].reduce((sum, id) => sum + nodeOf.get(id).room[0] + 20, 0);
    far = Math.max(far + 190, width / 7.2);
    round.forEach((id) => spread(id, children.get(id), need, turns, at, far));
  });
  parted([...at.keys()], at, start);
  const lines = edges.filter((edge) => !edge.only && at.has(edge.from) && at.has(edge.to));
  return { frames: [], bands: [], heads: [], sides: {}, at, lines, centre: start };
}

function spread(id, ends, need, turns, at, far) {
  const [from, to] = turns.get(id);
  const whole = ends.reduce((sum, one) => sum + need.get(one), 0);
  let turn = from;
  ends.forEach((one, number) => {
    const share = ((to - from) * need.get(one)) / whole;
    const middle = turn + share / 2;
    const reach = far + (ends.length > 14 && number % 2 ? 95 : 0);
    const wide = frame.clientHeight > frame.clientWidth ? 0.8 : 1.25;
    at.set(one, { x: Math.round(Math.cos(middle) * reach * wide), y: Math.round((Math.sin(middle) * reach) / wide) });
    turns.set(one, [turn, turn + share]);
    turn += share;
  });
}

// Push boxes that overlap apart, the fixed one excepted.
function parted(ids, at, fixed) {
  const boxes = ids.map((id) => ({ id, spot: at.get(id), w: nodeOf.get(id).room[0] / 2 + 6, h: nodeOf.get(id).room[1] / 2 + 6 }));
  for (let pass = 0, moved = true; moved && pass < 60; pass++) {
    moved = false;
    boxes.sort((one, two) => one.spot.x - two.spot.x || (one.id < two.id ? -1 : 1));
    for (let i = 0; i < boxes.length; i++) {
      for (let j = i + 1; j < boxes.length && boxes[j].spot.x - boxes[i].spot.x < 240; j++) moved = pushed(boxes[i], boxes[j], fixed) || moved;
    }
  }
}

function pushed(one, two, fixed) {
  const wide = one.w + two.w - Math.abs(one.spot.x - two.spot.x);
  const high = one.h + two.h - Math.abs(one.spot.y - two.spot.y);
  if (wide <= 0.5 || high <= 0.5) return false;
  const [axis, part] = wide < high ? ["x", wide / 2] : ["y", high / 2];
  const sign = two.spot[axis] >= one.spot[axis] ? 1 : -1;
  if (one.id !== fixed) one.spot[axis] -= sign * part * (two.id === fixed ? 2 : 1);
  if (two.id !== fixed) two.spot[axis] += sign * part * (one.id === fixed ? 2 : 1);
  return true;
}

// Two collections: what only the first names, what both name, what only the second names; a band for each family of
// kinds, and each side as wide as what it holds.
const CELL = 168;

function columns() {
  const [first, second] = state.pair;
  const side = ({ id }) => things.get(id).in.includes(first) + 2 * things.get(id).in.includes(second);
  const sides = [1, 3, 2].map((wanted) => data.nodes.filter((node) => side(node) === wanted).sort((a, b) => a.title.localeCompare(b.title, "sv")));
  const whole = sides.flat().length || 1;
  const across = sides.map((some) => Math.max(2, Math.round((8 * some.length) / whole)));
  const left = across.map((_, place) => across.slice(0, place).reduce((sum, many) => sum + many * CELL + 60, 0));
  const found = { frames: [], bands: [], sides: {}, at: new Map() };
  let y = 0;
  for (const [family, name] of data.families) {
    const own = sides.map((some) => some.filter((node) => node.group === family));
    if (!own.flat().length) continue;
    const depth = Math.max(...own.map((some, place) => filledIn(some, left[place], y + 40, across[place], found.at)));
    found.bands.push([name + " (" + own.map((some) => some.length).join(" · ") + ")", -40, y, left[2] + across[2] * CELL + 80, depth - y]);
    y = depth + 10;
  }
  const names = [data.homes[first], words.both, data.homes[second]];
  found.heads = names.map((text, place) => [text + " (" + sides[place].length + ")", left[place] + (across[place] * CELL) / 2, -32]);
  found.lines = edges.filter((edge) => !edge.only && found.at.has(edge.from) && found.at.has(edge.to));
  return { ...found, own: true, tall: true };
}

// Fill a column with rows of nodes side by side; how far down the column then reaches.
function filledIn(some, x, y, across, at) {
  let row = [];
  let used = 0;
  const close = () => {
    const high = Math.max(...row.map((node) => node.room[1]));
    row.forEach((node) => (at.get(node.id).y = y + high / 2 - (node.below || 0)));
    [y, used, row] = [y + high + 16, 0, []];
  };
  for (const node of some) {
    if (row.length && used + node.room[0] > across * CELL) close();
    at.set(node.id, { x: x + used + node.room[0] / 2, y: 0 });
    used += node.room[0] + 22;
    row.push(node);
  }
  if (row.length) close();
  return y;
}
