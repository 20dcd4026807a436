// The table twins that depend on what is chosen: the lines shown, and two collections side by side.
const ROWS = 500;

function updateTable() {
  if (state.view === "jamfor") compareTable();
  const table = byId("table");
  const shown = scene.edges.filter((edge) => edge.id !== undefined && !edge.only);
  if (data.folds.length) lineTable(shown);
  else {
    const lines = new Set(shown.map((edge) => String(edge.id)));
    table.querySelectorAll("tr[data-line]").forEach((row) => (row.hidden = !lines.has(row.dataset.line)));
  }
  byId("rows").textContent = shown.length;
}

const cells = (row, texts) => row.append(...texts.map((text) => element("td", text)));

// Of a large graph only the first lines are written out, those of the open thing when one is open.
function lineTable(shown) {
  const own = shown.filter(isOwn);
  const rows = (own.length ? own : shown).slice(0, ROWS).map((edge) => {
    const [row, line] = [element("tr"), data.lines[edge.id]];
    const where = (line.e || []).map((number) => place(number).long).join("; ");
    cells(row, [things.get(edge.from).name, line.verb, things.get(edge.to).name, line.words || "", data.modalities[edge.modality], where]);
    return row;
  });
  byId("table").querySelector("tbody").replaceChildren(...rows);
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
