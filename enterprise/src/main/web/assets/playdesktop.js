// A recorded desktop, replayed by noVNC: what the instrument sent is given to it again, and nothing that it says goes anywhere.
import RFB from './novnc.js';
import { play } from './player.js';

const MAGIC = 8;
const HEAD = 13;
const TO_VIEWER = 1;
const TO_AGENT = 2;
/** noVNC's own pixels: 32 bits, 24 of them used, little-endian, true colour, red lowest (RFC 6143 section 7.4). */
const PIXELS = [32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 0, 8, 16];
const OPENING = 34;
const FORMAT = 18;
/** What noVNC may have before it; it throws with 40 MiB. */
const AHEAD = 1024 * 1024;

const screen = document.getElementById('screen');
const words = document.getElementById('words');
const opening = [];

/** Frames of the form that docs/recordings.md draws. */
function parser() {
  let left = new Uint8Array(0);
  let begun = false;
  opening.length = 0;
  return function* frames(bytes) {
    const all = new Uint8Array(left.length + bytes.length);
    all.set(left);
    all.set(bytes, left.length);
    let at = 0;
    if (!begun) {
      if (all.length < MAGIC) {
        left = all;
        return;
      }
      begun = true;
      at = MAGIC;
    }
    const view = new DataView(all.buffer);
    while (all.length - at >= HEAD) {
      const size = view.getUint32(at + 9);
      if (all.length - at - HEAD < size) break;
      const data = all.slice(at + HEAD, at + HEAD + size);
      const millis = (view.getUint32(at + 1) * 2 ** 32 + view.getUint32(at + 5)) / 1000;
      if (all[at] === TO_VIEWER) yield { at: millis, data, size };
      if (all[at] === TO_AGENT) said(data);
      at += HEAD + size;
    }
    left = all.slice(at);
  };
}

/** Whoever watched may have asked for pixels that noVNC would not have. */
function said(data) {
  opening.push(...data);
  if (opening.length < OPENING || opening.told) return;
  opening.told = true;
  const other = opening[14] !== 0 || PIXELS.some((each, i) => opening[FORMAT + i] !== each);
  if (other) words.dataset.pixels = 'other';
}

/** What noVNC takes for a WebSocket. */
function channel() {
  return {
    binaryType: 'arraybuffer',
    protocol: '',
    readyState: 'open',
    onopen: null,
    onclose: null,
    onerror: null,
    onmessage: null,
    send() {},
    // As a socket does it: later. Without it noVNC waits for the end in vain, and says so.
    close() {
      setTimeout(() => this.onclose?.({ code: 1000, reason: '' }), 0);
    },
  };
}

let rfb = null;
let line = null;
const soon = () => new Promise((done) => setTimeout(done, 0));

play(parser, {
  async begin() {
    rfb?.disconnect();
    screen.replaceChildren();
    line = channel();
    rfb = new RFB(screen, line, { shared: true });
    rfb.viewOnly = true;
    rfb.scaleViewport = true;
    rfb.background = 'transparent';
    while (!line.onmessage) await soon();
  },
  async show(frame) {
    if (words.dataset.pixels) {
      throw new Error('This was watched by a program that asked for other pixels than this page knows. It can be saved.');
    }
    line.onmessage({ data: frame.data.buffer });
    // The picture right behind the greeting, which no server sends unasked, it looks at with the next message only.
    if (rfb._sock.rQlen() > 0) line.onmessage({ data: new ArrayBuffer(0) });
    // noVNC waits for pictures to be drawn; until then what it has is not to grow without end.
    while (rfb._sock.rQlen() > AHEAD) await soon();
  },
});
