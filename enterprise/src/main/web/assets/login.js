// The forms of the log-in. Their fields have no names, so that no browser ever sends them: what is sent is computed here.
import { Exchange, fault, keys } from './scram.js';
import { create, get } from './passkey.js';

const at = (id) => document.getElementById(id);
const csrf = () => document.querySelector('meta[name="csrf"]')?.content ?? '';

/** Asks the server; its words become an Error where it says no. */
async function ask(path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Csrf': csrf() },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error('The server cannot be reached. Nothing is lost; try again.');
  }
  const json = (answer.headers.get('Content-Type') ?? '').startsWith('application/json') ? await answer.json() : null;
  if (answer.ok) return json ?? {};
  throw Object.assign(
    new Error(json?.text ?? answer.headers.get('X-Fairlead-Message') ?? `The server answered with ${answer.status}.`),
    { key: json?.error },
  );
}

/** A message beside a field; an empty one takes it away. Returns whether there is one. */
function beside(field, message) {
  const id = `${field.id}-wrong`;
  at(id)?.remove();
  field.classList.toggle('is-invalid', message !== '');
  field.toggleAttribute('aria-invalid', message !== '');
  if (message === '') return false;
  field.setAttribute('aria-invalid', 'true');
  const box = document.createElement('div');
  box.id = id;
  box.className = 'fl-wrong';
  box.textContent = message;
  field.after(box);
  const others = (field.getAttribute('aria-describedby') ?? '').split(' ').filter((one) => one && one !== id);
  field.setAttribute('aria-describedby', [id, ...others].join(' '));
  return true;
}

/** Checks fields in order; goes to the first that is wrong. */
function good(...checks) {
  const wrong = checks.filter(([field, message]) => beside(field, message));
  wrong[0]?.[0].focus();
  return wrong.length === 0;
}

/** Does something when a form is sent, one at a time, and says how it went. */
function on(form, step, checks = () => true) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (form.ariaBusy === 'true' || !checks()) return;
    const alert = form.querySelector('[data-fault]');
    const busy = form.querySelector('[data-busy], [data-progress]');
    alert.hidden = true;
    form.ariaBusy = 'true';
    try {
      await step((words) => (busy.textContent = words));
    } catch (failure) {
      alert.textContent = failure.message;
      alert.hidden = false;
      form.dispatchEvent(new CustomEvent('refused', { detail: failure }));
    } finally {
      busy.textContent = '';
      form.ariaBusy = 'false';
    }
  });
}

const needed = (field) => [field, field.value.trim() === '' ? 'This is needed.' : ''];
const chosen = () => [at('new'), fault(at('new').value)];
const twice = () => [at('again'), at('again').value === at('new').value ? '' : 'This is not the same.'];

/** Proves a password; the step sends the proof on and returns the server's answer, whose signature is checked. */
async function prove(name, password, step) {
  const exchange = new Exchange(name, password);
  const begun = await ask('/login/first', { message: exchange.first() });
  const answer = await step({ exchange: begun.exchange, message: await exchange.answer(begun.message) });
  if (!exchange.proves(answer.message)) throw new Error('This is not the server that knows you. You are not logged in.');
  return answer;
}

function logIn(form) {
  on(
    form,
    async (say) => {
      say('Checking the password …');
      const sent = async (proof) => ask('/login/final', { ...proof, to: form.dataset.to });
      const { next } = await prove(at('name').value, at('password').value, sent);
      location.assign(next);
    },
    () => good(needed(at('name')), needed(at('password'))),
  );
  form.addEventListener('refused', () => at('password').select());
}

function passkey(form) {
  on(form, async (say) => {
    say('Your device asks you now …');
    const credential = await get(await ask('/login/passkey/ask', {}));
    const { next } = await ask('/login/passkey/answer', { credential, to: form.dataset.to });
    location.assign(next);
  });
}

async function link(form) {
  const busy = document.querySelector('[data-busy]');
  const token = location.hash.slice(1);
  // Not kept in the browser's history, nor in a bookmark.
  history.replaceState(null, '', location.pathname);
  let open;
  try {
    open = await ask('/login/link/look', { token });
  } catch (failure) {
    busy.className = 'alert alert-danger';
    busy.setAttribute('role', 'alert');
    busy.textContent = failure.message;
    return;
  }
  busy.hidden = true;
  form.hidden = false;
  const first = open.person === '';
  at('newcomer').hidden = !first;
  at('who').textContent = first
    ? 'Nobody can log in here yet: you become the administrator.'
    : `For ${open.displayName}, who logs in as ${open.person}.`;
  const box = at('passkeyToo');
  if (!window.PublicKeyCredential) at('withPasskey').hidden = !open.passkeyNeeded;
  box.checked = open.passkeyNeeded;
  box.disabled = open.passkeyNeeded;
  at('passkeyWhy').textContent = open.passkeyNeeded ? 'What you may do here needs one.' : 'You can do this later as well.';
  const naming = () => (at('passkeyNaming').hidden = !box.checked);
  box.addEventListener('change', naming);
  naming();
  (first ? at('name') : at('new')).focus();
  let made = null;
  on(
    form,
    async (say) => {
      const who = first
        ? { name: at('name').value, displayName: at('displayName').value, organisation: at('organisation').value }
        : {};
      say('Working on the password …');
      const computed = await keys(at('new').value);
      if (box.checked && !made) {
        say('Your device asks you now …');
        made = await create(await ask('/login/link/passkey', { token, ...who }));
      }
      say('Setting it …');
      const naming = made ? { credential: made, passkeyName: at('passkeyName').value } : {};
      // The challenge is used up, whatever the answer.
      made = null;
      await ask('/login/link/use', { token, keys: computed, ...naming, ...who });
      form.hidden = true;
      at('done').hidden = false;
      at('done').querySelector('a').focus();
    },
    () =>
      good(
        ...(first ? [needed(at('name')), needed(at('displayName')), needed(at('organisation'))] : []),
        chosen(),
        twice(),
        ...(box.checked ? [needed(at('passkeyName'))] : []),
      ),
  );
}

function addPasskey(form) {
  on(
    form,
    async (say) => {
      say('Your device asks you now …');
      const credential = await create(await ask('/account/passkey/ask', {}));
      const { next } = await ask('/account/passkey/add', { credential, name: at('passkeyName').value });
      location.assign(next);
    },
    () => good(needed(at('passkeyName'))),
  );
  form.addEventListener('refused', (event) => {
    if (event.detail.key === 'passkey-needed') location.assign('/login/passkey?to=/account');
  });
}

function change(form) {
  on(
    form,
    async (say) => {
      say('Working on the passwords …');
      const computed = await keys(at('new').value);
      const sent = async (proof) => ask('/account/password', { ...proof, keys: computed });
      const { next } = await prove(form.dataset.name, at('old').value, sent);
      location.assign(next);
    },
    () => good(needed(at('old')), chosen(), twice()),
  );
}

function confirm(form) {
  const code = at('code');
  if (location.hash.length > 1) code.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, '', location.pathname);
  let seen = '';
  const show = async () => {
    const what = await ask('/account/confirm/look', { code: code.value });
    seen = code.value;
    at('whatAddress').textContent = what.address;
    at('whatClient').textContent = what.client;
    at('whatSince').textContent = new Date(what.since).toLocaleString();
    at('what').hidden = false;
    at('step').textContent = 'Confirm with your passkey';
  };
  on(
    form,
    async (say) => {
      if (seen !== code.value) return show();
      say('Your device asks you now …');
      const credential = await get(await ask('/account/confirm/ask', { code: code.value }));
      await ask('/account/confirm/answer', { code: code.value, credential });
      form.hidden = true;
      at('done').hidden = false;
      return undefined;
    },
    () => good(needed(code)),
  );
  if (code.value !== '') form.requestSubmit();
}

const pages = { login: logIn, passkey, link, addPasskey, change, confirm };
for (const [id, start] of Object.entries(pages)) {
  const form = at(id);
  if (form instanceof HTMLFormElement) start(form);
}
