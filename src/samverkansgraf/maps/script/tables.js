// The table twins that depend on what is chosen: the lines shown, and two collections side by side.
const ROWS = 500;

function updateTable(most = ROWS) {
  if (state.view === "jamfor") compareTable();
  if (data.folds.length) return lineTable(most);
  const lines = new Set(scene.edges.map((edge) => String(edge.id)));
  const rows = [...byId("table").querySelectorAll("tr[data-line]")];
  rows.forEach((row) => (row.hidden = !lines.has(row.dataset.line)));
  byId("rows").textContent = rows.filter((row) => !row.hidden).length;
}

const cells = (row, texts) => row.append(...texts.map((text) => element("td", text)));

// Of a large graph the first lines are written out and more when asked for, of the open thing when one is open; what
// lies on a fold is listed too.
function lineTable(most) {
  const there = (edge) => [edge.from, edge.to].every((id) => fits(nodeOf.get(id)));
  const shown = (state.view === "allt" ? scene.places.lines.filter((edge) => there(edge) && fitsLine(edge)) : scene.edges).filter((edge) => edge.id !== undefined && !edge.only);
  const own = shown.filter(isOwn);
  const lines = own.length ? own : shown;
  const [table, rows] = [byId("table"), byId("table").open ? lines.slice(0, most).map(lineRow) : []];
  table.querySelector("table").hidden = false;
  table.querySelector("tbody").replaceChildren(...rows);
  byId("rows").textContent = rows.length && rows.length < lines.length ? `${rows.length} ${words.of} ${lines.length}` : lines.length;
  Object.assign(byId("more"), { hidden: !rows.length || rows.length === lines.length, onclick: () => updateTable(2 * most) });
}

function lineRow(edge) {
  const [row, line] = [element("tr"), data.lines[edge.id]];
  const where = (line.e || []).map((number) => place(number).long).join("; ");
  cells(row, [things.get(edge.from).name, line.verb, things.get(edge.to).name, line.words || "", data.modalities[edge.modality], where]);
  return row;
}

function compareTable() {
  const [first, second] = state.pair;
  const side = ({ id }) => things.get(id).in.includes(first) + 2 * things.get(id).in.includes(second);
  const rows = data.families.map(([family, name]) => {
    const row = element("tr");
    row.append(Object.assign(element("th", name), { scope: "row" }));
    const own = scene.nodes.filter((node) => node.group === family);
    cells(row, [1, 3, 2].map((wanted) => own.filter((node) => side(node) === wanted).map((node) => node.title).join("; ")));
    return row;
  });
  const heads = byId("compared").querySelectorAll("th[scope=col]");
  [words.kind, data.homes[first], words.both, data.homes[second]].forEach((text, place_) => (heads[place_].textContent = text));
  byId("compared").querySelector("tbody").replaceChildren(...rows);
}
