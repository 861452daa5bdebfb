// Time that is left, each second, by how long this page has been there: the browser's clock may be wrong.
import './device.js';

const two = (number) => String(number).padStart(2, '0');
const clock = (left) =>
  left >= 3_600 ? `${Math.floor(left / 3_600)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}` : `${Math.floor(left / 60)}:${two(left % 60)}`;
const SOON = 120;

function tick() {
  document.querySelectorAll('.se-left').forEach((shown) => {
    shown.until ??= performance.now() + Number(shown.dataset.left) * 1_000;
    const left = Math.max(0, Math.round((shown.until - performance.now()) / 1_000));
    const text = clock(left);
    if (shown.textContent !== text) shown.textContent = text;
    shown.toggleAttribute('data-soon', left < SOON);
  });
}

tick();
setInterval(tick, 1_000);
document.addEventListener('htmx:afterSettle', tick);
