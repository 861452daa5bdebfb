// A terminal at the instrument, by xterm.js. Bytes pass as they are, both ways; the size of the window goes as a frame of its
// own, ESC [ 8 ; ROWS ; COLUMNS t, first of all and at each change.
import './terminalstyles.js';
import { Terminal } from './xterm.js';
import { FitAddon } from './xterm-fit.js';
import { view } from './viewer.js';

// What the instrument may not do here: name the window (0, 1, 2), open links (8), use the clipboard (52).
const SILENT = [0, 1, 2, 8, 52];
const MOST = 500;
// Bytes of a frame; the relay takes twice as many.
const FRAME = 16 * 1024;

const part = (id) => document.getElementById(id);
const bytes = new TextEncoder();
let terminal = null;
let fit = null;

const within = (...numbers) => numbers.map((each) => Math.max(1, Math.min(MOST, each)));

function resize() {
  if (!fit) return;
  const wanted = fit.proposeDimensions();
  if (wanted?.cols && wanted?.rows) terminal.resize(...within(wanted.cols, wanted.rows));
}
addEventListener('resize', resize);
document.addEventListener('fullscreenchange', () => setTimeout(resize, 100));
part('letters').addEventListener('change', () => {
  if (terminal) terminal.options.fontSize = Number(part('letters').value);
  resize();
});

view({
  open(socket, live) {
    terminal?.dispose();
    part('screen').replaceChildren();
    const made = new Terminal({
      fontSize: Number(part('letters').value),
      fontFamily: 'ui-monospace, "Cascadia Mono", Consolas, "Liberation Mono", monospace',
      scrollback: 5_000,
      screenReaderMode: true,
    });
    terminal = made;
    fit = new FitAddon();
    made.loadAddon(fit);
    SILENT.forEach((code) => made.parser.registerOscHandler(code, () => true));
    made.open(part('screen'));
    resize();
    // A long text that is pasted is several frames.
    const send = (data) => {
      for (let at = 0; at < data.length && socket.readyState === WebSocket.OPEN; at += FRAME) {
        socket.send(data.subarray(at, at + FRAME));
      }
    };
    const size = () => send(bytes.encode(`\x1b[8;${made.rows};${made.cols}t`));
    socket.addEventListener('open', size);
    made.onResize(size);
    made.onData((text) => send(bytes.encode(text)));
    made.onBinary((text) => send(Uint8Array.from(text, (each) => each.charCodeAt(0))));
    let silent = true;
    socket.addEventListener('message', (event) => {
      made.write(new Uint8Array(event.data));
      if (silent) {
        silent = false;
        live();
        made.focus();
      }
    });
  },
  close() {
    // What it showed last stays to be read.
    if (terminal) terminal.options.disableStdin = true;
  },
});
