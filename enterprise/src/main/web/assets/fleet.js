// The list of devices: searched while one types, narrowed by a click, with the address kept in step; arrows go from line to
// line; what has changed at the server is fetched without losing one's place. Without this script the form and the links do
// the same by whole pages.
import { BY_ITSELF } from './fairlead.js';
import { showTimes } from './times.js';

const list = document.getElementById('fleet');
const part = list ?? document.getElementById('overview');
const form = document.getElementById('fleet-filter');
const PAUSE = 220;
let asked = null;
let pause = 0;

const bar = () => list?.querySelector('.fl-bar');

/** Fetches a part of a page and puts it in place; an answer that was overtaken by a newer question is not looked at. */
async function show(url, byItself = false) {
  asked?.abort();
  const mine = new AbortController();
  asked = mine;
  if (!byItself) part.setAttribute('aria-busy', 'true');
  try {
    const headers = { 'HX-Request': 'true', 'HX-Current-URL': location.href, ...(byItself && BY_ITSELF) };
    const answer = await fetch(url, { headers, signal: mine.signal });
    const elsewhere = answer.headers.get('HX-Redirect');
    if (elsewhere) {
      location.href = elsewhere;
      return;
    }
    if (!answer.ok) throw new Error(answer.headers.get('X-Fairlead-Message') ?? `The server answered with ${answer.status}.`);
    const html = await answer.text();
    if (asked !== mine) return;
    const focused = document.activeElement?.closest?.('[data-row]')?.getAttribute('href');
    part.innerHTML = html;
    window.htmx?.process(part);
    showTimes(part);
    if (focused) part.querySelector(`[data-row][href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    const file = document.getElementById('fleet-file');
    if (file && bar()) file.href = bar().dataset.file;
    part.classList.remove('fl-stale');
  } catch (failure) {
    if (failure.name === 'AbortError') return;
    part.classList.add('fl-stale');
    document.body.dispatchEvent(
      new CustomEvent('fairlead:toast', { detail: { text: `The list could not be brought up to date. ${failure.message}`, kind: 'fault' } }),
    );
  } finally {
    if (asked === mine) {
      asked = null;
      part.removeAttribute('aria-busy');
    }
  }
}

/** The address that the form and what was clicked so far stand for. */
function address() {
  const parameters = new URLSearchParams(new URL(bar().dataset.here, location.href).search);
  parameters.delete('page');
  for (const name of ['q', 'customer', 'site', 'region', 'model', 'group']) {
    const value = form.elements[name]?.value.trim() ?? parameters.get(name) ?? '';
    if (value) parameters.set(name, value);
    else parameters.delete(name);
  }
  const text = parameters.toString();
  return text ? `/devices?${text}` : '/devices';
}

function follow() {
  clearTimeout(pause);
  const url = address();
  if (url !== location.pathname + location.search) history.replaceState(null, '', url);
  show(url);
}

/** The form says what the address says. */
function fill(url) {
  const parameters = new URL(url, location.href).searchParams;
  for (const name of ['q', 'customer', 'site', 'region', 'model', 'group']) {
    const field = form.elements[name];
    if (field) field.value = parameters.get(name) ?? '';
  }
}

if (form) {
  form.addEventListener('input', (event) => {
    clearTimeout(pause);
    pause = setTimeout(follow, event.target.type === 'search' ? PAUSE : 0);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    follow();
  }, true);
  form.querySelector('.fl-apply')?.remove();
  list.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-go]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const url = link.getAttribute('href');
    history.pushState(null, '', url);
    fill(url);
    show(url);
    if (link.closest('.fl-pages')) document.getElementById('content').scrollIntoView();
  });
  addEventListener('popstate', () => {
    const url = location.pathname + location.search;
    fill(url);
    show(url);
  });
}

// Down from the search into the lines, and from line to line.
document.addEventListener('keydown', (event) => {
  if (!list || !['ArrowDown', 'ArrowUp'].includes(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...list.querySelectorAll('[data-row]')];
  const at = rows.indexOf(document.activeElement);
  const search = form.elements.q;
  if (at < 0 && document.activeElement !== search && document.activeElement !== document.body) return;
  const next = event.key === 'ArrowDown' ? rows[at + 1] : at > 0 ? rows[at - 1] : at === 0 ? search : null;
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

// A hint that something has changed: at most every five seconds, and not while somebody chooses.
let fresh = 0;
let later = 0;
export function refresh() {
  clearTimeout(later);
  const wait = fresh + 5_000 - Date.now();
  if (wait > 0 || asked || document.hidden) {
    later = setTimeout(refresh, Math.max(wait, 500));
    return;
  }
  fresh = Date.now();
  show(list ? bar().dataset.here : '/', true);
}
document.body.addEventListener('fairlead:refresh', refresh);
document.body.addEventListener('htmx:sseMessage', refresh);
// Without hints what is shown grows old all the same: ages and states follow from the time alone.
setInterval(() => {
  if (!document.hidden) refresh();
}, 30_000);
