// The editor. Without a server behind the page nothing here happens, and the page says how to start one.
(() => {
  "use strict";
  const form = document.getElementById("ask");
  const field = document.getElementById("query");
  const answer = document.getElementById("answer");
  const help = JSON.parse(form.dataset.help);
  let editor = null;
  let under_way = null;

  const local = (name, list) => ({name, bulk: true, persistenceId: null, get: () => list});

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
    document.querySelector("label[for=query]").removeAttribute("for");
    document.getElementById("keys").hidden = false;
    editor.refresh();
  }

  function show(...nodes) {
    answer.replaceChildren(...nodes);
    answer.hidden = false;
  }

  function sentence(text, kind) {
    const paragraph = document.createElement("p");
    paragraph.className = kind;
    paragraph.textContent = text;
    return paragraph;
  }

  async function ask() {
    under_way?.abort();
    const mine = under_way = new AbortController();
    const query = editor.getValue();
    history.replaceState(null, "", `#query=${encodeURIComponent(query)}`);
    show(sentence(help.words.asking, "hint"));
    try {
      const asked = {method: "POST", headers: {Accept: "text/html"}, body: new URLSearchParams({query}), signal: mine.signal};
      const reply = await fetch("sparql", asked);
      const text = await reply.text();
      if (reply.ok) {
        const article = text.slice(text.indexOf("<article"), text.indexOf("</article>"));
        show(...new DOMParser().parseFromString(article, "text/html").querySelector("article").childNodes);
        const heading = document.createElement("h2");
        heading.textContent = answer.querySelector("h1").textContent;
        answer.querySelector("h1").replaceWith(heading);
      } else {
        const place = /^Line (\d+), column (\d+)/.exec(text);
        if (place) editor.getDoc().setCursor(Number(place[1]) - 1, Number(place[2]) - 1);
        show(sentence(text, "error"));
      }
      answer.focus();
    } catch (error) {
      if (error.name !== "AbortError") show(sentence(help.words.failed, "error"));
    }
  }

  function load(query) {
    editor.setValue(query);
    ask();
    form.scrollIntoView();
  }

  function live() {
    document.getElementById("away").hidden = true;
    edit();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask();
    });
    for (const button of document.querySelectorAll("[data-open]")) {
      button.parentElement.hidden = false;
      button.addEventListener("click", () => load(button.closest("details").querySelector("code").textContent));
    }
    const shared = /^#query=(.+)/.exec(location.hash);
    if (shared) {
      try {
        load(decodeURIComponent(shared[1]));
      } catch {
        history.replaceState(null, "", location.pathname);
      }
    }
  }

  if (location.protocol.startsWith("http")) {
    const probe = fetch("sparql?query=ASK%7B%7D", {headers: {Accept: "application/sparql-results+json"}});
    probe.then((reply) => reply.ok && live()).catch(() => {});
  }
})();
