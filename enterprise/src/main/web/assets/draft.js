// What was typed when the server asked for a log-in or a passkey in between: kept in this tab's own store, for ten minutes at
// most, and put back into the form when the same person is back from there. It is sent to nobody. Passwords, hidden fields
// and files are never kept.
import { toast } from './toasts.js';

const KEY = 'fairlead-draft';
const LIFE = 10 * 60_000;
const LONGEST = 60_000;
const NEVER = ['password', 'hidden', 'file', 'submit', 'button', 'reset', 'image'];

const who = document.querySelector('meta[name="who"]')?.content ?? '';
const action = (form) => form.getAttribute('hx-post') ?? form.getAttribute('action') ?? '';
const alike = (wanted) => [...document.forms].filter((form) => action(form) === wanted);
const fields = (form) => [...form.elements].filter((one) => one.name && one.type && !NEVER.includes(one.type) && !one.readOnly);
const ticks = (one) => one.type === 'checkbox' || one.type === 'radio';

const forget = () => sessionStorage.removeItem(KEY);

function keep(form) {
  forget();
  if (who === '' || form.method !== 'post' && !form.hasAttribute('hx-post')) return;
  const typed = fields(form).map((one) => [one.name, ticks(one) ? one.checked : one.value, one.value]);
  if (typed.length === 0) return;
  const draft = JSON.stringify({ who, at: Date.now(), action: action(form), which: alike(action(form)).indexOf(form), typed });
  if (draft.length <= LONGEST) sessionStorage.setItem(KEY, draft);
}

function fill(form, typed) {
  for (const [name, value, own] of typed) {
    const one = fields(form).find((each) => each.name === name && (!ticks(each) || each.value === own));
    if (!one) continue;
    if (ticks(one)) one.checked = value;
    else one.value = value;
    one.dispatchEvent(new Event('input', { bubbles: true }));
    one.dispatchEvent(new Event('change', { bubbles: true }));
  }
  for (let box = form.closest('details'); box; box = box.parentElement.closest('details')) box.open = true;
  form.scrollIntoView({ block: 'center' });
  fields(form)[0]?.focus();
  toast('What you had typed is back. It was not sent: look at it, and send it again.');
}

/** Only on the way back from the log-in; anywhere else what was sent has arrived, or was given up. */
function back() {
  const from = document.referrer === '' ? null : new URL(document.referrer);
  const draft = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
  forget();
  const returns = from?.origin === location.origin && /^\/login(\/passkey)?$/.test(from.pathname);
  return returns && draft?.who === who && Date.now() - draft.at < LIFE ? draft : null;
}

function restore(draft) {
  const look = () => {
    const form = alike(draft.action)[draft.which];
    if (!form) return;
    document.removeEventListener('htmx:load', look);
    fill(form, draft.typed);
  };
  // A form in a part that is still to come is found when it has come.
  document.addEventListener('htmx:load', look);
  look();
}

document.addEventListener('submit', (event) => {
  if (!event.defaultPrevented && event.target instanceof HTMLFormElement) keep(event.target);
});
document.addEventListener('htmx:beforeRequest', (event) => {
  if (event.target instanceof HTMLFormElement && event.target.hasAttribute('hx-post')) keep(event.target);
});
document.addEventListener('htmx:afterRequest', (event) => {
  if (event.detail.successful && !event.detail.xhr.getResponseHeader('HX-Redirect')?.startsWith('/login')) forget();
});
// The session is over while somebody types: the page goes to the log-in by itself.
const changed = (one) => (ticks(one) ? one.checked !== one.defaultChecked : 'defaultValue' in one && one.value !== one.defaultValue);
document.addEventListener('fairlead:over', () => {
  const written = [...document.forms].find((form) => fields(form).some(changed));
  if (written) keep(written);
});
if (who !== '') {
  const draft = back();
  if (draft) restore(draft);
}
