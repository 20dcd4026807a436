// The legend, whose buttons hide and show, and the filters by area and by date.
function press(key, part, on) {
  key.setAttribute("aria-pressed", String(on));
  state.hidden[part][on ? "delete" : "add"](key.dataset.key);
}

function legend(event) {
  const clicked = event.target.closest("button");
  if (!clicked) return;
  const set = clicked.closest("fieldset");
  const part = set.dataset.part;
  if (clicked.dataset.every) set.querySelectorAll(".key").forEach((key) => press(key, part, clicked.dataset.every === "show"));
  else press(clicked, part, clicked.getAttribute("aria-pressed") !== "true");
  filtered();
}

function filtered() {
  refresh();
  search();
  updateTable();
}

function chooseArea() {
  state.area = byId("area").value;
  filtered();
  remember(false);
  if (scene.nodes.length) fit();
}

// Dates: one step for each date that bounds something, and first all times at once.
function chooseStep(number) {
  state.step = Math.max(0, Math.min(data.steps.length, number));
  const slider = byId("step");
  const text = state.step ? data.steps[state.step - 1] : words.all_times;
  slider.value = state.step;
  slider.setAttribute("aria-valuetext", text);
  byId("when").textContent = text;
  filtered();
  byId("force").textContent = state.step ? counted() : "";
  byId("force-key").hidden = !state.step;
}

// How many things of the view are in force for certain, possibly and so on, out of all that the other filters let be.
function counted() {
  const { step } = state;
  state.step = 0;
  const all = nodes.filter((node) => scene.places.at.has(node.id) && !node.of && fits(node));
  state.step = step;
  const counts = { certain: 0, possible: 0, unknown: 0, no: 0, "": 0 };
  all.forEach((node) => counts[force(node)]++);
  const text = filled(words.in_force, { ...counts, undated: counts[""] });
  return text;
}
