// Days are those of the viewer: the server is told in which zone they begin. What is shown anew has its times told as well.
import { showTimes } from './times.js';

document.addEventListener('htmx:afterSwap', (event) => showTimes(event.detail.target));
const form = document.getElementById('record-filter');
if (form) form.elements.zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
