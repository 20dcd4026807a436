// What the page holds, and what it shows now. Text from the graph reaches the page through textContent only.
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;

// The build left out what is as usual.
data.nodes.forEach((node) => {
  const thing = data.things[node.id];
  node.title = thing.name;
  node.modality = node.modality || "stated";
  node.round = (node.shapeProperties || {}).borderRadius || 0;
  thing.kind = data.kinds[node.kind];
  thing.names = thing.names || [];
  thing.in = thing.in || [node.home].filter(Boolean);
});
data.edges.forEach((edge, number) => Object.assign(edge, { modality: "stated", ...edge, id: number }));
data.lines.forEach((line, number) => (line.verb = data.verbs[data.edges[number].verb]));

// Circles of the view of areas: nodes of one look, each with a panel of its own.
const circle = { size: 15, room: [96, 52], below: 8, font: { size: 13 }, shape: "dot", group: "area", kind: "", home: "" };
data.marks.forEach((mark) => {
  const [of, kind] = mark.id.split("~");
  const [word, means, dashes] = data.coverage.statuses[mark.status];
  const area = data.things[of];
  const title = data.coverage.kinds[kind] + ": " + area.name;
  const [why, facts] = [mark.facts && mark.status !== "absent" ? words.through : words.why, mark.facts || [{ v: [[means]] }]];
  Object.assign(mark, circle, { of, title, dashes, label: word });
  data.things[mark.id] = { name: title, kind: word, names: [], in: area.in, facts: [["", [[words.area, [{ v: [[area.name, of]] }]], [why, facts]]]] };
});

const byId = (id) => document.getElementById(id);
const things = new Map(Object.entries(data.things));
const nodes = [...data.nodes, ...data.marks];
const edges = data.edges;
const nodeOf = new Map([...nodes, ...data.folds].map((node) => [node.id, node]));
const marks = new Set(data.marks.map((mark) => mark.id));
const views = new Map(data.views.map((view) => [view.key, view]));
const still = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 60rem)");
const dark = matchMedia("(prefers-color-scheme: dark)");

const state = {
  view: data.views[0].key,
  thing: null, // id of the thing that the panel shows
  line: null, // or number of the line
  next: null, // the line that the keyboard would follow
  step: 0, // 0 is all times, else one more than the place among data.steps
  hops: data.hops,
  pair: data.pair,
  area: "",
  part: "",
  measure: "",
  hidden: { kind: new Set(), modality: new Set(), verb: new Set(), collection: new Set(), status: new Set() },
  open: new Set(), // folds that are unfolded
};

const touching = new Map(nodes.map((node) => [node.id, []]));
edges.forEach((edge) => {
  touching.get(edge.from).push(edge);
  touching.get(edge.to).push(edge);
});

function element(name, text, cls) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (cls) made.className = cls;
  return made;
}

function button(text, act) {
  const made = element("button", text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

const say = (text) => (byId("status").textContent = text);
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
const other = (edge, id) => (edge.from === id ? edge.to : edge.from);
