// What every page does: times, toasts, keys, the menu, the theme's switch, dialogs, the signal that hints still come.
import './times.js';
import './toasts.js';
import './keys.js';
import './draft.js';

const csrf = () => document.querySelector('meta[name="csrf"]')?.content ?? '';

/** Changes something from a module: JSON there, JSON back. Throws an Error with the server's words. */
export async function post(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Csrf': csrf() },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(answer.headers.get('X-Fairlead-Message') ?? `The server answered with ${answer.status}.`);
  }
  return answer.status === 204 ? null : answer.json();
}

/** What a page asks by itself says so, for it is no sign that somebody is there: the log-in of who went away shall end. */
export const BY_ITSELF = { 'Fairlead-By-Itself': 'yes' };
document.addEventListener('htmx:configRequest', (event) => {
  if (!event.detail.triggeringEvent?.isTrusted) Object.assign(event.detail.headers, BY_ITSELF);
});

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const theme = target?.closest('[data-theme-choice]');
  if (theme) {
    window.fairleadTheme(theme.dataset.themeChoice);
    marks();
  }
  const opener = target?.closest('[data-dialog]');
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  const closer = target?.closest('[data-close]');
  if (closer) closer.closest('dialog')?.close();
  // A menu closes when something else is clicked.
  document.querySelectorAll('details.fl-menu[open]').forEach((menu) => {
    if (!target || !menu.contains(target) || target.closest('a, button')) menu.open = false;
  });
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  document.querySelectorAll('details.fl-menu[open]').forEach((menu) => {
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
});

function marks() {
  const chosen = document.documentElement.dataset.theme ?? 'auto';
  document.querySelectorAll('[data-theme-choice]').forEach((button) => {
    button.setAttribute('aria-pressed', String(button.dataset.themeChoice === chosen));
  });
}
marks();

// A button is not pressed twice: what it began is under way.
document.addEventListener('submit', (event) => {
  if (event.target instanceof HTMLFormElement && !event.target.hasAttribute('hx-post')) {
    setTimeout(() => event.target.querySelectorAll('[type=submit]').forEach((one) => (one.disabled = true)));
  }
});
addEventListener('pageshow', (event) => {
  if (event.persisted) document.querySelectorAll('form [type=submit]').forEach((one) => (one.disabled = false));
});

// The dot beside the clock: whether this page is live.
const live = document.getElementById('live');
const say = (state, text) => {
  if (!live) return;
  live.dataset.state = state;
  live.querySelector('span').textContent = text;
};
document.addEventListener('fairlead:live', (event) => (event.detail ? say('on', 'Live') : say('off', 'Not live')));
