// Charts of a device's items, one below the other with one time. The server gives at most 2,000 points; the address always
// says what is shown, so that it can be sent to somebody.
import { BY_ITSELF } from './fairlead.js';
import uPlot from './uplot.js';

const charts = document.getElementById('charts');
const pick = document.getElementById('pick');
const RANGES = { '1h': 3600, '6h': 21600, '1d': 86400, '7d': 604800, '30d': 2592000, '365d': 31536000 };
const SHORTEST = 10;
const LONGEST = 10 * 365 * 86400;
const HEIGHT = 170;

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const two = (number) => String(number).padStart(2, '0');
const local = (seconds) => {
  const at = new Date(seconds * 1000);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
};
const said = (seconds) => local(seconds).replace('T', ' ');
const iso = (seconds) => new Date(Math.round(seconds) * 1000).toISOString().replace('.000', '');
const zone = () => {
  const minutes = -new Date().getTimezoneOffset();
  const size = Math.abs(minutes);
  return minutes === 0 ? 'UTC' : `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};

function figure(value, unit) {
  if (value == null) return '–';
  if (unit === 'By') {
    const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
    let size = value;
    let step = 0;
    while (Math.abs(size) >= 1000 && step < units.length - 1) {
      size /= 1000;
      step++;
    }
    return `${Number(size.toPrecision(3))} ${units[step]}`;
  }
  if (unit === 's' && Math.abs(value) >= 7200) return `${(value / (value >= 172800 ? 86400 : 3600)).toFixed(1)} ${value >= 172800 ? 'd' : 'h'}`;
  const text = value.toLocaleString('en-GB', { maximumSignificantDigits: 5 });
  return unit ? `${text} ${unit}` : text;
}

const now = () => Math.ceil(Date.now() / 1000);
const view = { from: 0, to: 0, range: '' };
const plots = new Map();

/** Where values are far apart a line would lie: a null breaks it. */
function gaps(times, ...columns) {
  const steps = times.slice(1).map((time, i) => time - times[i]).sort((a, b) => a - b);
  const usual = steps.length ? steps[Math.floor(steps.length / 2)] : 0;
  const out = [[], ...columns.map(() => [])];
  times.forEach((time, i) => {
    if (i > 0 && usual > 0 && time - times[i - 1] > Math.max(5 * usual, usual + 120)) {
      out[0].push(times[i - 1] + usual);
      columns.forEach((column, c) => out[c + 1].push(null));
    }
    out[0].push(time);
    columns.forEach((column, c) => out[c + 1].push(column[i]));
  });
  return out;
}

function full(data) {
  const at = new Map(data.t.map((time, i) => [time, i]));
  const out = [[], [], [], []];
  for (let time = data.from; time < data.to; time += data.width) {
    const i = at.get(time);
    out[0].push(time + data.width / 2);
    out[1].push(i == null ? null : data.least[i]);
    out[2].push(i == null ? null : data.v[i]);
    out[3].push(i == null ? null : data.most[i]);
  }
  return out;
}

function options(box, unit, banded, summary, width) {
  const accent = css('--fl-accent');
  const text = css('--fl-soft-text');
  const line = css('--fl-line');
  const axis = { stroke: text, font: '11px system-ui', grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
  const mean = { stroke: accent, width: 1.5, points: { size: 4 } };
  const edge = { stroke: 'transparent', points: { show: false } };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { sync: { key: 'device' }, drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
    scales: { x: { time: true, range: () => [view.from, view.to] } },
    axes: [
      { ...axis, values: [
        [86400 * 365, '{YYYY}', null, null, null, null, null, null, 1],
        [86400 * 28, '{YYYY}-{MM}', null, null, null, null, null, null, 1],
        [86400, '{MM}-{DD}', '\n{YYYY}', null, null, null, null, null, 1],
        [60, '{HH}:{mm}', '\n{MM}-{DD}', null, '\n{MM}-{DD}', null, null, null, 1],
        [1, '{HH}:{mm}:{ss}', '\n{MM}-{DD}', null, '\n{MM}-{DD}', null, null, null, 1],
      ] },
      { ...axis, size: 74, values: (plot, values) => values.map((value) => figure(value, unit)) },
    ],
    series: banded ? [{}, edge, mean, edge] : [{}, mean],
    bands: banded ? [{ series: [3, 1], fill: `color-mix(in srgb, ${accent} 22%, transparent)` }] : [],
    hooks: {
      setSelect: [
        (plot) => {
          if (plot.select.width > 4) {
            zoom(plot.posToVal(plot.select.left, 'x'), plot.posToVal(plot.select.left + plot.select.width, 'x'));
          }
          plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        },
      ],
      setCursor: [
        (plot) => {
          const i = plot.cursor.idx;
          const value = i == null ? null : plot.data[banded ? 2 : 1][i];
          if (value == null) summary.textContent = summary.dataset.whole;
          else {
            const band = banded ? ` (${figure(plot.data[1][i], unit)} to ${figure(plot.data[3][i], unit)})` : '';
            summary.textContent = `${said(plot.data[0][i])}: ${figure(value, unit)}${band}`;
          }
        },
      ],
    },
  };
}

function draw(one) {
  const { box, data, unit, summary, name } = one;
  one.plot?.destroy();
  one.plot = null;
  box.replaceChildren();
  if (!data.t.length) {
    summary.dataset.whole = '';
    summary.textContent = '';
    box.append(empty('Nothing was reported in this time.'));
    box.setAttribute('aria-label', `${name}: nothing was reported from ${said(view.from)} to ${said(view.to)}`);
    return;
  }
  if (data.kind === 'states') {
    states(one);
    return;
  }
  const banded = data.kind === 'buckets';
  const columns = banded ? full(data) : gaps(data.t, data.v);
  const least = Math.min(...(banded ? data.least : data.v));
  const most = Math.max(...(banded ? data.most : data.v));
  const mean = data.v.reduce((sum, value) => sum + value, 0) / data.v.length;
  summary.dataset.whole = `least ${figure(least, unit)} · average ${figure(mean, unit)} · most ${figure(most, unit)}`;
  summary.textContent = summary.dataset.whole;
  box.setAttribute('role', 'img');
  box.setAttribute('aria-label', `${name} from ${said(view.from)} to ${said(view.to)}: ${summary.dataset.whole}`);
  one.plot = new uPlot(options(box, unit, banded, summary, box.clientWidth), columns, box);
  one.plot.over.addEventListener('dblclick', () => wider());
}

function empty(text) {
  const said = document.createElement('div');
  said.className = 'dv-plot-empty';
  said.textContent = text;
  return said;
}

function states({ box, data, summary, name }) {
  const row = document.createElement('div');
  row.className = 'dv-states';
  const kinds = new Map();
  const end = Math.min(view.to, now());
  const first = document.createElement('div');
  first.style.flexGrow = Math.max(0, data.t[0] - view.from);
  row.append(first);
  data.t.forEach((time, i) => {
    const until = data.t[i + 1] ?? end;
    if (!kinds.has(data.v[i])) kinds.set(data.v[i], kinds.size % 5);
    const cell = document.createElement('div');
    cell.className = `dv-state-${kinds.get(data.v[i])}`;
    cell.style.flexGrow = Math.max(0, until - time);
    cell.style.flexBasis = '0';
    cell.textContent = data.v[i];
    cell.title = `${data.v[i]}: ${said(time)} to ${said(until)}`;
    row.append(cell);
  });
  const rest = document.createElement('div');
  rest.style.flexGrow = Math.max(0, view.to - end);
  row.append(rest);
  box.append(row);
  summary.dataset.whole = `${data.t.length} ${data.t.length === 1 ? 'state' : 'states'}${data.cut ? ' and more' : ''}, last ${data.v.at(-1)}`;
  summary.textContent = summary.dataset.whole;
  box.setAttribute('role', 'img');
  box.setAttribute('aria-label', `${name} from ${said(view.from)} to ${said(view.to)}: ${summary.dataset.whole}`);
}

async function load(one, headers = {}) {
  one.under?.abort();
  const under = (one.under = new AbortController());
  one.box.setAttribute('aria-busy', 'true');
  const asked = new URLSearchParams({ item: one.name, from: iso(view.from), to: iso(view.to) });
  try {
    const answer = await fetch(`${charts.dataset.path}?${asked}`, { headers, signal: under.signal });
    if (!answer.ok) throw new Error(answer.headers.get('X-Fairlead-Message') ?? `The server answered with ${answer.status}.`);
    one.data = await answer.json();
    draw(one);
  } catch (failure) {
    if (under.signal.aborted) return;
    one.plot?.destroy();
    one.plot = null;
    const box = empty(failure instanceof TypeError ? 'The server cannot be reached.' : failure.message);
    const again = document.createElement('button');
    again.type = 'button';
    again.className = 'btn btn-sm ms-2';
    again.textContent = 'Try again';
    again.addEventListener('click', () => load(one));
    box.append(again);
    one.box.replaceChildren(box);
  }
  one.box.removeAttribute('aria-busy');
}

const loadAll = (headers) => Promise.all([...plots.values()].map((one) => load(one, headers)));

/** What is shown stands in the address, in the fields and in the links. */
function tell() {
  const items = [...plots.keys()].map((name) => ['item', name]);
  const own = [['from', iso(view.from)], ['to', iso(view.to)]];
  history.replaceState(null, '', `?${new URLSearchParams([...items, ...(view.range ? [['range', view.range]] : own)])}`);
  document.querySelectorAll('[data-range]').forEach((link) => {
    if (link.dataset.range === view.range) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  });
  const below = charts.dataset.path.replace(/data$/, '');
  document.querySelectorAll('[data-export]').forEach((link) => {
    link.href = `${below}export?${new URLSearchParams([...items, ...own, ['format', link.dataset.export]])}`;
  });
  document.querySelector('[data-table]').href = `${below}table?${new URLSearchParams([...items, ...own])}`;
  document.getElementById('f-from').value = local(view.from);
  document.getElementById('f-to').value = local(view.to);
  pick.querySelectorAll('input[type=hidden]').forEach((field) => field.remove());
  (view.range ? [['range', view.range]] : own).forEach(([name, value]) => {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    pick.prepend(field);
  });
}

function zoom(from, to, range = '', headers = {}) {
  const length = Math.min(LONGEST, Math.max(SHORTEST, to - from));
  const middle = (from + to) / 2;
  view.from = Math.round(middle - length / 2);
  view.to = Math.round(middle + length / 2);
  view.range = range;
  tell();
  loadAll(headers);
}

const wider = () => zoom(view.from - (view.to - view.from) / 2, view.to + (view.to - view.from) / 2);
const moves = {
  back: () => zoom(view.from - (view.to - view.from) / 2, view.to - (view.to - view.from) / 2),
  on: () => zoom(view.from + (view.to - view.from) / 2, view.to + (view.to - view.from) / 2),
  out: wider,
  in: () => zoom(view.from + (view.to - view.from) / 4, view.to - (view.to - view.from) / 4),
};

function own(event) {
  event.preventDefault();
  const from = Math.round(new Date(document.getElementById('f-from').value).getTime() / 1000);
  const to = Math.round(new Date(document.getElementById('f-to').value).getTime() / 1000);
  const wrong = document.getElementById('span-wrong');
  const text = !Number.isFinite(from) || !Number.isFinite(to) ? 'Two times, please.' : to <= from ? 'The end lies after the beginning.' : to - from > LONGEST ? 'At most ten years.' : '';
  wrong.textContent = text;
  wrong.hidden = !text;
  // A button is pressed once; here nothing left the page.
  setTimeout(() => event.target.querySelectorAll('[type=submit]').forEach((button) => (button.disabled = false)), 50);
  if (!text) zoom(from, to);
}

function few() {
  const boxes = [...pick.querySelectorAll('input[type=checkbox]')];
  const full = boxes.filter((box) => box.checked).length >= 8;
  boxes.forEach((box) => (box.disabled = full && !box.checked));
}

if (charts) {
  Object.assign(view, { from: Number(charts.dataset.from), to: Number(charts.dataset.to), range: charts.dataset.range });
  charts.querySelectorAll('.dv-chart').forEach((box) => {
    plots.set(box.dataset.item, {
      name: box.dataset.item,
      unit: box.dataset.unit,
      box: box.querySelector('.dv-plot'),
      summary: box.querySelector('.dv-summary'),
    });
  });
  for (const id of ['f-from', 'f-to']) {
    const field = document.getElementById(id);
    field.value = '';
    field.type = 'datetime-local';
    field.step = 1;
    document.querySelector(`label[for=${id}]`).append(` (${zone()})`);
  }
  document.querySelector('.dv-moves').hidden = false;
  tell();
  loadAll();
  document.querySelectorAll('[data-range]').forEach((link) =>
    link.addEventListener('click', (event) => {
      event.preventDefault();
      zoom(now() - RANGES[link.dataset.range], now(), link.dataset.range);
    }),
  );
  document.querySelectorAll('[data-move]').forEach((button) => button.addEventListener('click', moves[button.dataset.move]));
  document.getElementById('span').addEventListener('submit', own);
  document.addEventListener('fairlead:theme', () => plots.forEach((one) => one.plot && draw(one)));
  new ResizeObserver(() => plots.forEach((one) => one.plot?.setSize({ width: one.box.clientWidth, height: HEIGHT }))).observe(charts);
  // A time that ends now moves on, except while somebody types another one.
  setInterval(() => {
    const typing = document.getElementById('span').contains(document.activeElement);
    if (view.range && !typing && document.visibilityState === 'visible') zoom(now() - RANGES[view.range], now(), view.range, BY_ITSELF);
  }, 30_000);
}
if (pick) {
  document.getElementById('find').addEventListener('input', (event) => {
    const text = event.target.value.trim().toLowerCase();
    pick.querySelectorAll('[data-item]').forEach((label) => (label.hidden = !label.dataset.item.toLowerCase().includes(text)));
  });
  pick.addEventListener('change', few);
  few();
}
