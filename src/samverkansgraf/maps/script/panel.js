// The panel: what is said of one thing or one line, grouped, each fact with the places that say it.
const panel = byId("panel");
let before = null; // what had the focus when the panel was opened

function named([text, id]) {
  if (id === undefined || !things.has(id)) return document.createTextNode(text);
  const link = element("a", text);
  link.setAttribute("href", "#" + address({ thing: id }));
  return link;
}

function place(number) {
  const [document_, section, anchor, modality, notes, quote] = data.passages[number];
  const [name, status] = data.documents[document_];
  const said = modality === "stated" ? "" : " (" + data.modalities[modality] + ")";
  return { short: section + ": ”" + anchor + "”", long: name + " (" + status + "), " + section + ": ”" + anchor + "”" + said, notes, quote };
}

function evidence(fact) {
  const registers = (fact.r || []).map((name) => words.register + ": " + name);
  const found = (fact.e || []).map(place);
  if (!found.length && !registers.length) return [];
  const why = element("details", undefined, "why");
  const many = found.length + registers.length;
  const head = found.length ? found[0].short : registers[0];
  why.append(element("summary", words.evidence + (many > 1 ? " (" + many + ")" : "") + ": " + head));
  const ul = element("ul");
  for (const one of found) {
    const item = element("li", one.long);
    if (one.quote) item.append(element("blockquote", one.quote));
    ul.append(item, ...one.notes.map((note) => element("li", note)));
  }
  ul.append(...registers.map((text) => element("li", text)));
  why.append(ul);
  return [why];
}

function factItem(fact) {
  const item = element("li", undefined, "fact");
  fact.v.forEach((segment) => item.append(named(segment)));
  item.append(...tags(fact.m, fact.d), ...evidence(fact));
  return item;
}

function tags(modality, derived) {
  const found = [];
  if (modality && modality !== "stated") found.push(element("span", data.modalities[modality], "tag"));
  if (derived) found.push(element("span", words.derived, "tag calm"));
  return found;
}

function factList(facts) {
  const ul = element("ul");
  const most = facts.length > 9 ? 6 : facts.length;
  ul.append(...facts.slice(0, most).map(factItem));
  if (most === facts.length) return ul;
  const rest = button(words.more + " (" + facts.length + ")", () => {
    rest.parentElement.remove();
    ul.append(...facts.slice(most).map(factItem));
    ul.children[most].tabIndex = -1;
    ul.children[most].focus();
  });
  const last = element("li");
  last.append(rest);
  ul.append(last);
  return ul;
}

function showPanel(title, about, tools, body) {
  if (panel.hidden) before = document.activeElement;
  const head = element("h2", title);
  head.id = "panel-title";
  head.tabIndex = -1;
  const all = button(words.all_evidence, () => {
    const open = all.getAttribute("aria-expanded") !== "true";
    panel.querySelectorAll("details.why").forEach((one) => (one.open = open));
    all.setAttribute("aria-expanded", String(open));
    all.textContent = open ? words.less_evidence : words.all_evidence;
  });
  all.setAttribute("aria-expanded", "false");
  const bar = element("div", undefined, "tools");
  bar.append(button(words.close, closePanel), all, ...tools);
  panel.replaceChildren(head, ...about.filter(Boolean).map((text) => element("p", text, "about")), bar, ...body);
  const resized = panel.hidden;
  panel.hidden = false;
  panel.scrollTop = 0;
  say(words.opened + " " + title);
  if (resized) paint();
}

function openThing(id, { focus = true, move = true, push = true } = {}) {
  const thing = things.get(id);
  if (!thing) return;
  const moved = state.thing !== id;
  Object.assign(state, { thing: id, line: null, next: null });
  unfoldFor(id);
  const names = thing.names.length ? words.names + ": " + thing.names.join(" · ") : "";
  const when = force(nodeOf.get(id)) ? data.steps[state.step - 1] + ": " + words["when_" + force(nodeOf.get(id))] : "";
  showPanel(thing.name, [thing.kind, names, when], panelTools(id), [
    ...thing.facts.flatMap(([title, groups]) => [
      element("h3", title),
      ...groups.flatMap(([property, facts]) => [element("h4", property), factList(facts)]),
    ]),
  ]);
  mark(id);
  if (moved) remember(push);
  refresh();
  updateTable();
  const ringed = state.view === "omgivning" && moved;
  if (focus) byId("panel-title").focus({ preventScroll: !narrow.matches });
  if (ringed) fit();
  else if (move) focusOn(id);
}

// Buttons that lead from the thing: to its surroundings, and to its page where there are pages.
function panelTools(id) {
  if (marks.has(id)) return [];
  const found = [];
  if (state.view !== "omgivning" && views.has("omgivning")) found.push(button(words.to_surroundings, () => go({ view: "omgivning", thing: id })));
  const { page } = things.get(id);
  if (page) {
    const link = element("a", words.to_page, "button");
    link.href = page;
    found.push(link);
  }
  return found;
}

function openLine(number) {
  const [edge, line] = [edges[number], data.lines[number]];
  const body = [];
  const each = (side) => (line.each || []).includes(side);
  const add = (property, segment) => {
    const [item, ul] = [element("li", undefined, "fact"), element("ul")];
    item.append(named(segment));
    ul.append(item);
    body.push(element("h4", property), ul);
  };
  add(each("source") ? words.each_source : words.from, [things.get(edge.from).name, edge.from]);
  add(words.relation, [line.verb]);
  add(each("target") ? words.each_target : words.to, [things.get(edge.to).name, edge.to]);
  if (line.words) add(words.words, [line.words]);
  if (line.oneOf) add(words.words, [words.one_of]);
  add(words.modality, [data.modalities[edge.modality]]);
  if (force(edge)) add(data.steps[state.step - 1], [words["when_" + force(edge)]]);
  const ul = element("ul");
  ul.append(factItem({ v: [], e: line.e, r: line.r, d: line.d }));
  body.push(element("h4", words.evidence), ul);
  Object.assign(state, { thing: null, line: number, next: null });
  showPanel(things.get(edge.from).name + " " + line.verb + " " + things.get(edge.to).name, [], [], body);
  panel.querySelectorAll("details.why").forEach((one) => (one.open = true));
  refresh();
}

function closePanel() {
  if (panel.hidden) return;
  const inPanel = panel.contains(document.activeElement);
  panel.hidden = true;
  Object.assign(state, { thing: null, line: null, next: null });
  remember(false);
  refresh();
  say(words.closed);
  if (inPanel) (before && before.isConnected && before !== document.body ? before : byId("search")).focus();
}
