// A recorded terminal, replayed by xterm.js from an asciicast.
import './terminalstyles.js';
import { Terminal } from './xterm.js';
import { play } from './player.js';

// What the instrument may not do here: name the window (0, 1, 2), open links (8), use the clipboard (52).
const SILENT = [0, 1, 2, 8, 52];

const screen = document.getElementById('screen');
let terminal = null;
let size = { width: 80, height: 24 };

/** Lines of an asciicast. */
function parser() {
  const decoder = new TextDecoder();
  let left = '';
  return function* frames(bytes) {
    const lines = (left + decoder.decode(bytes, { stream: true })).split('\n');
    left = lines.pop();
    for (const line of lines) {
      const said = JSON.parse(line);
      if (Array.isArray(said)) yield { at: said[0] * 1000, data: said, size: 2 * line.length };
      else if (!terminal) size = said;
      else {
        size = said;
        terminal.resize(said.width, said.height);
      }
    }
  };
}

play(parser, {
  begin() {
    terminal?.dispose();
    screen.replaceChildren();
    terminal = new Terminal({
      cols: size.width,
      rows: size.height,
      disableStdin: true,
      scrollback: 5_000,
      screenReaderMode: true,
      fontFamily: 'ui-monospace, "Cascadia Mono", Consolas, "Liberation Mono", monospace',
    });
    SILENT.forEach((code) => terminal.parser.registerOscHandler(code, () => true));
    terminal.open(screen);
  },
  show({ data: [, kind, what] }) {
    if (kind === 'r') {
      const [columns, rows] = what.split('x').map(Number);
      terminal.resize(columns, rows);
      return undefined;
    }
    return new Promise((shown) => terminal.write(what, shown));
  },
});
