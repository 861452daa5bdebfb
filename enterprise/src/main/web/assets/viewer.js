// What every viewer's page does: waits until the session is granted, opens a stream, says how it stands, counts the time.
import { BY_ITSELF, post } from './fairlead.js';

const SOON = 300;
const LATER = 2_000;
const PATIENT_AFTER = 20_000;
const LIFE_SIGN = 30_000;
const LOOKS = [0, 500, 1_500, 4_000, 10_000];

const part = (id) => document.getElementById(id);
const box = part('viewer');
const { session, service } = box.dataset;
const base = `/sessions/${session}`;
const causes = new Map(
  box.dataset.causes.split('\n').map((line) => [Number(line.slice(0, line.indexOf('='))), line.slice(line.indexOf('=') + 1)]),
);
let show = null;
let socket = null;
let told = null;
let endsAt = null;
let acted = false;
let waitingSince = 0;

/** How it stands. KIND: wait, live, over (for good), lost (may be tried again). */
function say(kind, text) {
  box.dataset.kind = kind;
  part('words').textContent = text;
  part('again').hidden = kind !== 'lost';
  if (kind === 'over') part('stop').disabled = true;
}

/** How the session stands; counts as a sign of life when somebody did something here since the last time. */
async function stands() {
  const headers = { 'Content-Type': 'application/json', ...(acted ? {} : BY_ITSELF) };
  acted = false;
  const answer = await fetch(`${base}/stands`, { headers });
  if (!answer.ok) throw new Error(answer.headers.get('X-Fairlead-Message') ?? `The server answered with ${answer.status}.`);
  const now = await answer.json();
  lasts(now.left);
  return now;
}

function lasts(millis) {
  endsAt = millis < 0 ? null : performance.now() + millis;
}

const over = (state) => !['REQUESTED', 'ASKED', 'GRANTED'].includes(state);

async function start() {
  waitingSince = performance.now();
  await wait();
}

async function wait() {
  try {
    const now = await stands();
    if (over(now.state)) say('over', now.words);
    else if (now.state === 'GRANTED') await open(now);
    else {
      say('wait', now.words);
      setTimeout(wait, performance.now() - waitingSince < PATIENT_AFTER ? SOON : LATER);
    }
  } catch (error) {
    say('lost', error.message);
  }
}

async function open(now) {
  if (!now.services.includes(service)) {
    // Less was granted than was asked for: a look, but no hand.
    const view = service.replace(/^control\//, 'view/');
    if (now.services.includes(view)) location.replace(location.pathname.replace(/control$/, 'view'));
    else say('over', 'The person at the instrument did not agree to this.');
    return;
  }
  say('wait', 'Connecting to the instrument.');
  const { stream, ticket } = await post(`${base}/streams`, { service });
  const opened = new WebSocket(`wss://${location.host}/tunnel?stream=${stream}`, ['binary', `fairlead-ticket.${ticket}`]);
  opened.binaryType = 'arraybuffer';
  opened.addEventListener('close', (event) => ended(opened, event.code));
  socket = opened;
  told = null;
  show.open(opened, () => socket === opened && say('live', 'Connected.'), now.clipboard);
}

async function ended(which, code) {
  if (socket !== which) return;
  socket = null;
  show.close();
  const cause = causes.get(code);
  told = cause ? `Ended: ${cause}.` : null;
  say('lost', told ?? 'The server cannot be reached.');
  // The end of a session may be known here before the server has heard of it.
  for (const pause of LOOKS) {
    await new Promise((done) => setTimeout(done, pause));
    if (box.dataset.kind !== 'lost') return;
    try {
      const now = await stands();
      if (over(now.state)) {
        say('over', told ?? now.words);
        return;
      }
    } catch {
      // What was said stays.
    }
  }
}

/** The picture is broken, whatever the connection does. */
export function broken(text) {
  const which = socket;
  socket = null;
  which?.close();
  show.close();
  say('lost', text);
}

/** Begins. SHOWN: open(socket, live, clipboard) and close(). */
export function view(shown) {
  show = shown;
  lasts(Number(box.dataset.left));
  part('again').addEventListener('click', start);
  part('stop').addEventListener('click', async () => {
    part('stop').disabled = true;
    try {
      await post(`${base}/stop`, {});
      if (!socket) say('over', told ?? 'You have ended the session.');
    } catch (error) {
      part('stop').disabled = false;
      say(socket ? 'live' : 'lost', error.message);
    }
  });
  part('full').addEventListener('click', () => (document.fullscreenElement ? document.exitFullscreen() : box.requestFullscreen()));
  for (const event of ['keydown', 'pointerdown', 'pointermove', 'wheel']) {
    box.addEventListener(event, (one) => (acted ||= one.isTrusted), { capture: true, passive: true });
  }
  setInterval(() => socket && stands().catch(() => {}), LIFE_SIGN);
  setInterval(() => (part('left').textContent = left()), 500);
  if (over(box.dataset.state)) say('over', part('words').textContent);
  else start();
}

function left() {
  if (endsAt === null) return '';
  const seconds = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
  const two = (number) => String(number).padStart(2, '0');
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)} min left`;
}
