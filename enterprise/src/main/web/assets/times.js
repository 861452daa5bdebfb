// Times in the viewer's zone, with the offset. The server writes <time datetime="…Z">2026-11-21 13:36:21 UTC</time>;
// data-form="date", "clock", "minute" or "ago" chooses how much is shown, "second" when it says nothing.
const two = (number) => String(number).padStart(2, '0');

const offset = (at) => {
  const minutes = -at.getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};
const date = (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
const minute = (at) => `${two(at.getHours())}:${two(at.getMinutes())}`;
const clock = (at) => `${minute(at)}:${two(at.getSeconds())}`;
const whole = (at) => `${date(at)} ${clock(at)} ${offset(at)}`;

const ago = (at) => {
  const seconds = Math.round((Date.now() - at.getTime()) / 1000);
  const size = Math.abs(seconds);
  const [count, unit] =
    size < 60 ? [size, 's'] : size < 3600 ? [Math.floor(size / 60), 'min'] : size < 172800 ? [Math.floor(size / 3600), 'h'] : [Math.floor(size / 86400), 'days'];
  return seconds < 0 ? `in ${count} ${unit}` : `${count} ${unit} ago`;
};

const forms = {
  second: whole,
  minute: (at) => `${date(at)} ${minute(at)} ${offset(at)}`,
  date,
  clock: (at) => `${clock(at)} ${offset(at)}`,
  ago,
};

const show = (element) => {
  const at = new Date(element.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const text = (forms[element.dataset.form] ?? forms.second)(at);
  if (element.textContent !== text) element.textContent = text;
  if (element.dataset.form && element.dataset.form !== 'second') element.title = whole(at);
};

export const showTimes = (root = document) => root.querySelectorAll('time[datetime]').forEach(show);

showTimes();
setInterval(() => document.querySelectorAll('time[data-form="ago"]').forEach(show), 5_000);
document.addEventListener('htmx:load', (event) => showTimes(event.target));
