// What the page holds, and what it shows now. Text from the graph reaches the page through textContent only.
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const byId = (id) => document.getElementById(id);
const things = new Map(Object.entries(data.things));
const looks = { size: 15, room: [96, 52], below: 8, font: { size: 13 }, shape: "dot", group: "area", kind: "", home: "" };
data.marks.forEach((mark) => Object.assign(mark, looks));
const nodes = [...data.nodes, ...data.marks];
data.nodes.forEach((node) => (node.round = (node.shapeProperties || {}).borderRadius || 0));
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
