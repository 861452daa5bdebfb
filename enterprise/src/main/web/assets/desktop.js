// A remote desktop, by noVNC. What reaches the instrument, the agent there decides, and not this page.
import RFB from './novnc.js';
import { clipboard } from './clipboard.js';
import { broken, view } from './viewer.js';

const LINES = { fast: [8, 2], slow: [4, 6], slowest: [0, 9] };

const part = (id) => document.getElementById(id);
const screen = part('screen');
const control = part('viewer').dataset.control === 'true';
let rfb = null;
const clip = control ? clipboard((text) => rfb?.clipboardPasteFrom(text)) : null;

function adjust() {
  if (!rfb) return;
  rfb.scaleViewport = part('scale').value === 'fit';
  [rfb.qualityLevel, rfb.compressionLevel] = LINES[part('line').value];
}

function cad(usable) {
  if (control) part('cad').disabled = !usable;
}

for (const id of ['scale', 'line']) part(id).addEventListener('change', adjust);
part('cad')?.addEventListener('click', () => {
  rfb?.sendCtrlAltDel();
  rfb?.focus();
});

view({
  open(socket, live, shared) {
    screen.replaceChildren();
    const made = new RFB(screen, socket, { shared: true });
    rfb = made;
    made.viewOnly = !control;
    made.background = 'transparent';
    adjust();
    made.addEventListener('connect', () => {
      live();
      cad(true);
      clip?.begin(shared);
      if (control) made.focus();
    });
    made.addEventListener('clipboard', (event) => clip?.copied(event.detail.text));
    made.addEventListener('credentialsrequired', () => broken('The instrument asks for a password of its own.'));
    made.addEventListener('securityfailure', () => broken('The desktop at the instrument lets nobody in.'));
  },
  close() {
    rfb = null;
    cad(false);
    clip?.end();
  },
});
