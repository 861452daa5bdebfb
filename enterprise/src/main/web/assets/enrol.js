// The string that enrols a device: copied by a button, counted down, and taken from the page when its time is over.
import { toast } from './toasts.js';

const string = document.getElementById('enrol-string');
const until = new Date(document.getElementById('enrol-until').dateTime);
const left = document.getElementById('enrol-left');

document.getElementById('enrol-copy').addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(string.value);
    toast('Copied.');
  } catch {
    string.focus();
    string.select();
    toast('The browser does not let this page copy: press Ctrl+C.', 'fault');
  }
});
string.addEventListener('focus', () => string.select());

const tick = () => {
  const seconds = Math.ceil((until - Date.now()) / 1000);
  if (seconds <= 0) {
    clearInterval(timer);
    left.textContent = '(over)';
    string.value = '';
    string.placeholder = 'Its ten minutes are over.';
    document.getElementById('enrol-copy').disabled = true;
    return;
  }
  left.textContent = `(${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} left)`;
};
const timer = setInterval(tick, 1000);
tick();

// Used, it is no secret that works any longer, but it need not stay on the screen either.
document.body.addEventListener('htmx:load', () => {
  const step = document.getElementById('arrival')?.dataset.step;
  if (step === 'ENROLLED' || step === 'ARRIVED') {
    clearInterval(timer);
    left.textContent = '(used)';
    string.value = '';
    string.placeholder = 'It was used.';
    document.getElementById('enrol-copy').disabled = true;
  }
});

// Tabs, by mouse and by arrows.
const tabs = [...document.querySelectorAll('[role=tab]')];
const choose = (chosen) => {
  for (const tab of tabs) {
    const on = tab === chosen;
    tab.setAttribute('aria-selected', String(on));
    tab.tabIndex = on ? 0 : -1;
    document.getElementById(tab.getAttribute('aria-controls')).hidden = !on;
  }
};
for (const tab of tabs) {
  tab.addEventListener('click', () => choose(tab));
  tab.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    const next = tabs[(tabs.indexOf(tab) + 1) % tabs.length];
    choose(next);
    next.focus();
  });
}
choose(tabs[navigator.platform.startsWith('Linux') ? 1 : 0]);
