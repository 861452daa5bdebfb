// Plays a recording: fetches it piece by piece, gives each frame to a screen at its time, at any speed; seeking back replays
// from the start, as fast as the screen takes it.
import { text } from './playtext.js';

const KEEP = 128 * 1024 * 1024;
const TICK = 30;

const part = (id) => document.getElementById(id);
const box = part('player');
const length = Number(box.dataset.length);
const started = Date.parse(box.dataset.started);

/** The frames of a recording in their order; those that were read stay, up to 128 MiB, for going back. */
class Tape {
  /** @param parser makes frames {at, data, size} of the bytes that come */
  constructor(parser) {
    this.make = parser;
    this.begin();
  }

  begin() {
    this.reader?.cancel();
    this.reader = null;
    this.parser = this.make();
    this.frames = [];
    this.next = 0;
    this.kept = 0;
    this.whole = true;
  }

  rewind() {
    if (this.whole) this.next = 0;
    else this.begin();
  }

  /** The next frame, which stays the next; null at the end. */
  async peek() {
    while (this.next >= this.frames.length) {
      if (!(await this.more())) return null;
    }
    return this.frames[this.next];
  }

  take() {
    this.next += 1;
  }

  async more() {
    if (!this.reader) {
      const answer = await fetch(box.dataset.url);
      if (!answer.ok) throw new Error(answer.headers.get('X-Fairlead-Message') ?? `The server answered with ${answer.status}.`);
      this.reader = answer.body.getReader();
    }
    const { done, value } = await this.reader.read();
    if (done) return false;
    if (this.kept > KEEP) {
      this.frames.splice(0, this.next);
      this.next = 0;
      this.kept = 0;
      this.whole = false;
    }
    for (const frame of this.parser(value)) {
      this.frames.push(frame);
      this.kept += frame.size;
    }
    return true;
  }
}

/**
 * Plays.
 *
 * @param parser makes a function that takes bytes and gives frames
 * @param screen begin(): empty again; show(frame): may give a promise, and the next one waits for it
 */
export function play(parser, screen) {
  const tape = new Tape(parser);
  let position = 0;
  let running = false;
  let since = 0;
  let from = 0;
  let wanted = null;
  let busy = false;

  const speed = () => Number(part('speed').value);
  const say = (words) => {
    part('words').textContent = words;
  };

  function told() {
    const [clock, day] = text(position, started);
    part('clock').textContent = clock;
    part('day').textContent = day;
    if (document.activeElement !== part('seek') || running) part('seek').value = String(position);
    part('play').textContent = running ? 'Pause' : 'Play';
  }

  function go(on) {
    running = on;
    since = performance.now();
    from = position;
    told();
  }

  /** Shows all up to a time. */
  async function until(time) {
    for (let frame = await tape.peek(); frame && frame.at <= time; frame = await tape.peek()) {
      if (wanted !== null && wanted < frame.at) return;
      tape.take();
      await screen.show(frame);
    }
  }

  async function step() {
    if (busy) return;
    busy = true;
    try {
      if (wanted !== null) {
        const time = wanted;
        say('Seeking');
        if (time < position) {
          tape.rewind();
          await screen.begin();
        }
        await until(time);
        if (wanted === time) wanted = null;
        position = time;
        go(running);
        say('');
      } else if (running) {
        const time = Math.min(length, from + (performance.now() - since) * speed());
        await until(time);
        position = time;
        if (time >= length) go(false);
        told();
      }
    } catch (broken) {
      go(false);
      wanted = null;
      tape.whole = false;
      say(`${broken.message} Play again to go on from the beginning.`);
    } finally {
      busy = false;
      box.dataset.position = String(wanted === null ? Math.round(position) : -1);
    }
  }

  part('play').addEventListener('click', () => {
    if (!running && position >= length) wanted = 0;
    go(!running);
  });
  part('speed').addEventListener('change', () => go(running));
  part('seek').addEventListener('input', () => {
    wanted = Number(part('seek').value);
    box.dataset.position = '-1';
  });

  async function start() {
    await screen.begin();
    part('play').disabled = false;
    part('seek').disabled = false;
    // What is seen at once: the first picture.
    wanted = 0;
    setInterval(step, TICK);
  }

  start().catch((broken) => say(broken.message));
  believed();
}

async function believed() {
  const list = part('sentences');
  try {
    const answer = await fetch(box.dataset.verification, { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw new Error(`The server answered with ${answer.status}.`);
    const found = await answer.json();
    list.replaceChildren(
      ...found.sentences.map((sentence) => {
        const item = document.createElement('li');
        item.textContent = sentence;
        return item;
      }),
    );
    for (const mark of found.marks) {
      const sign = document.createElement('i');
      sign.style.left = `${length ? (100 * mark) / length : 0}%`;
      part('marks').append(sign);
    }
  } catch (broken) {
    list.textContent = `It could not be checked: ${broken.message}`;
  }
}
