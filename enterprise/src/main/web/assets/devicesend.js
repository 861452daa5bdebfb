// Sends a file to a device: in pieces, one after the other, the next when the server's disk has the one before. A piece
// whose answer is lost is sent again; the server says how far it is.
import { post } from './fairlead.js';
import { toast } from './toasts.js';

const LEAST = 128 * 1024;
const MOST = 512 * 1024;
const TRIES = 6;

const form = document.getElementById('send');
const part = (name) => document.getElementById(`send-${name}`);
const csrf = () => document.querySelector('meta[name="csrf"]').content;
let under = null;

const bytes = (count) => {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let size = count;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
};
const span = (seconds) =>
  seconds < 60 ? `${Math.ceil(seconds)} s` : seconds < 3600 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;

function wrong(field, text) {
  const input = part(field);
  const message = part(`${field}-wrong`);
  message.textContent = text;
  message.hidden = !text;
  input.classList.toggle('is-invalid', Boolean(text));
  if (text) {
    input.setAttribute('aria-invalid', 'true');
    input.focus();
  } else input.removeAttribute('aria-invalid');
}

function fault(text) {
  part('wrong').textContent = text;
  part('wrong').hidden = !text;
}

function busy(on) {
  part('progress').hidden = !on;
  part('stop').hidden = !on;
  form.querySelector('[type=submit]').disabled = on;
  for (const name of ['file', 'name', 'reason']) part(name).disabled = on;
}

const pause = (millis, signal) =>
  new Promise((done, stopped) => {
    const timer = setTimeout(done, millis);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      stopped(signal.reason);
    });
  });

/** One piece; answers how many bytes the server has. */
async function piece(path, blob, signal) {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await fetch(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/octet-stream', 'X-Csrf': csrf() },
        body: blob,
        signal,
      });
      if (answer.ok) return (await answer.json()).length;
      if (answer.status < 500 || answer.status === 507 || attempt === TRIES) {
        const refused = new Error(answer.headers.get('X-Fairlead-Message') ?? `The server answered with ${answer.status}.`);
        refused.final = true;
        throw refused;
      }
    } catch (failure) {
      if (signal.aborted || failure.final || attempt === TRIES) throw failure;
    }
    part('said').textContent = 'The connection was lost; trying again …';
    await pause(500 * 2 ** attempt, signal);
  }
}

async function send(file, name, reason, signal) {
  const path = form.dataset.path;
  const { staged } = await post(path, { size: file.size });
  const begun = performance.now();
  let offset = 0;
  let size = LEAST;
  do {
    const end = Math.min(file.size, offset + size);
    const last = end === file.size;
    const from = performance.now();
    const length = await piece(`${path}/${staged}?offset=${offset}&last=${last}`, file.slice(offset, end), signal);
    if (length > file.size || length < offset) throw new Error('The server lost its place; please send the file again.');
    offset = length;
    // A quick way takes larger pieces.
    size = performance.now() - from < 1500 ? Math.min(MOST, size * 2) : LEAST;
    const rate = offset / ((performance.now() - begun) / 1000);
    part('bar').value = file.size ? (100 * offset) / file.size : 100;
    part('said').textContent =
      `${bytes(offset)} of ${bytes(file.size)}, ${bytes(rate)}/s` + (last ? '' : `, ${span((file.size - offset) / rate)} left`);
  } while (offset < file.size);
  part('said').textContent = 'All of it is at the server; it is being checked …';
  const answer = await fetch(`${path}/${staged}/end`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Csrf': csrf() },
    body: JSON.stringify({ name, size: file.size, reason }),
    signal,
  });
  if (answer.status === 422) throw new Error((await answer.json()).fault);
  if (!answer.ok) throw new Error(answer.headers.get('X-Fairlead-Message') ?? `The server answered with ${answer.status}.`);
}

if (form) {
  part('file').addEventListener('change', () => {
    wrong('file', '');
    const file = part('file').files[0];
    if (file) part('name').value = file.name;
  });
  part('stop').addEventListener('click', () => under?.abort());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    event.stopPropagation();
    fault('');
    const file = part('file').files[0];
    const name = part('name').value.trim();
    wrong('name', name ? (/[\p{Cc}\p{Cf}]/u.test(name) ? 'No control characters, please.' : '') : 'This is needed.');
    wrong('file', file ? '' : 'Choose a file.');
    if (!file || !name || /[\p{Cc}\p{Cf}]/u.test(name)) return;
    under = new AbortController();
    busy(true);
    part('bar').value = 0;
    part('said').textContent = '';
    try {
      await send(file, name, part('reason').value.trim(), under.signal);
      form.reset();
      toast(`${file.name} waits for the device.`);
      const list = document.getElementById('files');
      window.htmx.ajax('GET', list.getAttribute('hx-get'), { target: list, swap: 'innerHTML' });
    } catch (failure) {
      fault(under.signal.aborted ? 'Stopped. Nothing was sent to the device.' : failure.message);
    } finally {
      busy(false);
    }
  });
}
