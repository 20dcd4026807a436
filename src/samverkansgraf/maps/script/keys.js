// The keyboard on the map: arrows go from line to line of the open thing, Enter follows one, Esc closes.
function stepLine(by) {
  if (state.thing === null || !scene.places.at.has(state.thing)) return say(words.open_first);
  const own = scene.edges.filter(isOwn);
  if (!own.length) return say(words.no_lines);
  const here = scene.places.at.get(state.thing);
  const turn = (edge) => {
    const there = scene.places.at.get(other(edge, state.thing));
    return Math.atan2(there.x - here.x, here.y - there.y);
  };
  own.sort((one, two) => turn(one) - turn(two) || one.id - two.id);
  const now = own.indexOf(state.next);
  const next = now < 0 ? (by > 0 ? 0 : own.length - 1) : (now + by + own.length) % own.length;
  state.next = own[next];
  say(next + 1 + " " + words.of + " " + own.length + ": " + sentence(state.next).replaceAll("\n", " "));
  paint();
}

function followLine() {
  if (state.next === null) return false;
  const end = other(state.next, state.thing);
  openThing(end, { focus: document.activeElement !== frame });
  return true;
}

function mapKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const acts = {
    ArrowRight: () => stepLine(1), ArrowLeft: () => stepLine(-1),
    Enter: followLine,
    "+": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: fit,
  };
  if (event.currentTarget === frame) Object.assign(acts, { ArrowDown: acts.ArrowRight, ArrowUp: acts.ArrowLeft });
  if (!(event.key in acts)) return;
  event.preventDefault();
  acts[event.key]();
}
