// Days are those of the viewer; a witness file's newest lines go into the form; the command line can be copied.
import { toast } from './toasts.js';

const MOST = 40_000;

document.getElementById('audit-filter').elements.zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';

document.getElementById('witness-file').addEventListener('change', async (event) => {
  const [file] = event.target.files;
  if (!file) return;
  const whole = file.size <= MOST;
  const text = await file.slice(whole ? 0 : file.size - MOST).text();
  // The first line of a piece is cut.
  document.getElementById('f-witness').value = whole ? text : text.slice(text.indexOf('\n') + 1);
});

document.getElementById('audit-copy').addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(document.getElementById('audit-command').textContent);
    toast('Copied.');
  } catch {
    toast('The browser does not let this page copy: press Ctrl+C.', 'fault');
  }
});

document.getElementById('audit-verify').addEventListener('submit', (event) => {
  if (encodeURIComponent(document.getElementById('f-witness').value).length <= MOST * 1.5) return;
  event.preventDefault();
  toast('This witness is too long to send: its newest lines are enough.', 'fault');
});
