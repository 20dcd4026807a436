// The editor and its tabs. Without a server behind the page nothing here happens, and the page says how to start one.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const [form, field, answer, told, takes] = ["ask", "query", "answer", "told", "takes"].map(byId);
  const help = JSON.parse(form.dataset.help);
  const ready = [...document.querySelectorAll("#list a")];
  const KEPT = "samverkansgraf.questions";
  let editor = null;
  let tabs = null;
  let shown = null;

  const local = (name, list) => ({name, bulk: true, persistenceId: null, get: () => list});
  const element = (kind, text, more = {}) => Object.assign(document.createElement(kind), {textContent: text}, more);

  function edit() {
    const own = Object.entries(help.prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`);
    Yasqe.forkAutocompleter("prefixes", local("own-prefixes", own), false);
    Yasqe.forkAutocompleter("class", local("own-classes", help.classes), false);
    Yasqe.forkAutocompleter("property", local("own-properties", help.properties), false);
    const holder = document.createElement("div");
    field.before(holder);
    editor = new Yasqe(holder, {
      value: field.value,
      persistenceId: null,
      consumeShareLink: null,
      createShareableLink: null,
      prefixCcApi: null,
      showQueryButton: false,
      resizeable: false,
      viewportMargin: Infinity,
      lineWrapping: true,
      editorHeight: "auto",
      screenReaderLabel: help.words.editor_label,
      autocompleters: ["variables", "own-prefixes", "own-classes", "own-properties"],
      extraKeys: {...Yasqe.defaults.extraKeys, Tab: false, "Shift-Tab": false, "Ctrl-Enter": ask, "Cmd-Enter": ask},
    });
    field.hidden = true;
    document.querySelector("label[for=query]").hidden = true;
    document.querySelectorAll("[data-live]").forEach((one) => (one.hidden = false));
  }

  // A tab holds a question, its history of changes, where it came from and what it was answered.
  function open(query, {title = "", link = null} = {}) {
    const name = title || heading(query) || help.words.tab.replace("{n}", tabs.made + 1);
    return tabs.add({query, history: {done: [], undone: []}, cursor: {line: 0, ch: 0}, link, title: name, nodes: [], told: ""});
  }

  const heading = (query) => /^\s*#(?!\+)\s*(\S.*)/.exec(query)?.[1] ?? "";

  function chosen(tab) {
    if (tab !== shown) bring(tab);
    takes.replaceChildren(...(tab.link ? about(tab.link) : []));
    answer.replaceChildren(...tab.nodes);
    answer.hidden = !tab.nodes.length;
    told.textContent = tab.told;
    history.replaceState(null, "", tab.asked ? `#query=${encodeURIComponent(tab.asked)}` : location.pathname);
  }

  function bring(tab) {
    const doc = editor.getDoc();
    if (shown) Object.assign(shown, {query: doc.getValue(), history: doc.getHistory(), cursor: doc.getCursor()});
    shown = tab;
    doc.setValue(tab.query);
    doc.setHistory(tab.history);
    doc.setCursor(tab.cursor);
  }

  const textOf = (tab) => (tab === shown ? editor.getValue() : tab.query);

  function about(link) {
    const page = element("a", help.words.page, {href: link.href});
    return link.dataset.takes ? [page, ` · ${help.words.takes} ${link.dataset.takes}. ${help.words.takes_how}`] : [page];
  }

  function put(tab, told_, ...nodes) {
    Object.assign(tab, {told: told_, nodes});
    if (tab === tabs.active) chosen(tab);
  }

  async function ask() {
    const tab = tabs.active;
    tab.under_way?.abort();
    const mine = tab.under_way = new AbortController();
    const query = tab.asked = editor.getValue();
    if (!tab.link && heading(query)) tabs.name(tab, heading(query));
    put(tab, help.words.asking);
    try {
      const asked = {method: "POST", headers: {Accept: "text/html"}, body: new URLSearchParams({query}), signal: mine.signal};
      const reply = await fetch("sparql", asked);
      const text = await reply.text();
      if (reply.ok) put(tab, "", ...article(text));
      else mistaken(tab, text);
      if (tab === tabs.active) answer.focus();
    } catch (error) {
      if (error.name !== "AbortError") put(tab, help.words.failed);
    }
  }

  function article(text) {
    const whole = text.slice(text.indexOf("<article"), text.indexOf("</article>"));
    const found = new DOMParser().parseFromString(whole, "text/html").querySelector("article");
    const title = found.querySelector("h1");
    title.replaceWith(element("h2", title.textContent));
    return found.childNodes;
  }

  function mistaken(tab, text) {
    const place = /^Line (\d+), column (\d+)/.exec(text);
    if (place) tab.cursor = {line: Number(place[1]) - 1, ch: Number(place[2]) - 1};
    if (place && tab === shown) editor.getDoc().setCursor(tab.cursor);
    put(tab, "", element("p", text, {className: "error"}));
  }

  // A ready question has one tab at most: what was changed there stands.
  async function openReady(link) {
    const there = tabs.all.find((tab) => tab.link === link);
    if (there) return tabs.choose(there, {focus: true});
    try {
      const reply = await fetch(link.dataset.text);
      if (!reply.ok) throw new Error(reply.statusText);
      open((await reply.text()).replace(/^#\+.*\n/gm, ""), {title: link.textContent, link});
      await ask();
    } catch {
      told.textContent = help.words.failed;
    }
  }

  function close() {
    const tab = tabs.active;
    tab.under_way?.abort();
    if (tabs.all.length === 1) open(help.blank);
    tabs.close(tab);
  }

  // What the address says: a question to ask, or the place of a ready one.
  function follow(part) {
    const link = ready.find((one) => `#${one.parentElement.id}` === part);
    if (link) return openReady(link);
    try {
      const query = decodeURIComponent(/^#query=(.+)/.exec(part)[1]);
      const there = tabs.all.find((tab) => textOf(tab) === query);
      if (there) tabs.choose(there);
      else open(query);
      ask();
    } catch {
      history.replaceState(null, "", location.pathname);
    }
  }

  // Open questions last as long as the browser's tab; a browser that keeps nothing begins anew.
  function keep() {
    const all = tabs.all.map((tab) => ({title: tab.title, at: tab.link?.parentElement.id, query: textOf(tab)}));
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({all, active: tabs.all.indexOf(tabs.active)}));
    } catch {}
  }

  function reopen() {
    try {
      const {all, active} = JSON.parse(sessionStorage.getItem(KEPT));
      all.forEach(({title, at, query}) => open(query, {title, link: ready.find((one) => one.parentElement.id === at)}));
      tabs.choose(tabs.all[active]);
    } catch {
      if (!tabs.all.length) open(field.value);
    }
  }

  function live() {
    const part = location.hash;
    byId("away").hidden = true;
    edit();
    tabs = new Tabs({list: byId("tabs"), panel: byId("panel"), chosen, close});
    reopen();
    form.addEventListener("submit", (event) => (event.preventDefault(), ask()));
    byId("new").addEventListener("click", () => (open(help.blank), editor.focus()));
    byId("close").addEventListener("click", close);
    byId("list").addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      openReady(link);
    });
    addEventListener("pagehide", keep);
    addEventListener("hashchange", () => location.hash && follow(location.hash));
    if (part) follow(part);
  }

  const alone = () => (form.querySelector(".send").hidden = true);

  if (location.protocol.startsWith("http")) {
    const probe = fetch("sparql?query=ASK%7B%7D", {headers: {Accept: "application/sparql-results+json"}});
    probe.then((reply) => (reply.ok ? live() : alone())).catch(alone);
  } else alone();
})();
