// Parts that ask for themselves again leave what a person has opened as it is, and wait while a form is open in them.
import { showTimes } from './times.js';

const opened = (part) => [...part.querySelectorAll('details[open]')].map(key).filter(Boolean);
const key = (details) => {
  const row = details.closest('[id]');
  return row ? `${row.id} ${[...row.querySelectorAll('details')].indexOf(details)}` : '';
};
const writing = (part) => part.querySelector('details.dv-deed[open]') != null;
let before = [];

document.addEventListener('htmx:beforeRequest', (event) => {
  if (event.target === event.detail.elt && writing(event.target)) {
    event.preventDefault();
    event.target.dataset.waits = 'true';
  }
});
document.addEventListener('htmx:beforeSwap', (event) => {
  if (writing(event.detail.target)) event.detail.shouldSwap = false;
  before = opened(event.detail.target);
});
document.addEventListener('htmx:afterSwap', (event) => {
  showTimes(event.detail.target);
  event.detail.target.querySelectorAll('details').forEach((details) => {
    if (before.includes(key(details))) details.open = true;
  });
});
document.addEventListener(
  'toggle',
  (event) => {
    const part = event.target.closest('[data-waits]');
    if (part && !writing(part)) {
      delete part.dataset.waits;
      window.htmx.trigger(part, 'sse:device');
    }
    // Into the field of the form that was opened.
    if (event.target.open && event.target.matches('.dv-deed')) event.target.querySelector('textarea, input:not([type=hidden])')?.focus();
  },
  true,
);
