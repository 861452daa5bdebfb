// A request that is tried: the sample comes from the console, the request goes to the service itself, without the console's
// cookie and with the account's own name and password, which this page keeps nowhere but in their fields.
const part = (id) => document.getElementById(id);
const form = part('try');
const LONGEST = 200_000;
const NAME = /^[a-z0-9][a-z0-9._@-]{1,63}$/;
let sample = null;

async function fetchSample() {
  const [service, operation] = part('try-operation').value.split(' ');
  const query = new URLSearchParams({ service, operation, soap: part('try-soap').value });
  part('try-wrong').textContent = '';
  const answer = await fetch(`/integration/sample?${query}`, { headers: { Accept: 'application/json' } }).catch(() => null);
  if (!answer?.ok || !answer.headers.get('Content-Type')?.includes('json')) {
    part('try-wrong').textContent = 'The sample cannot be had now. Load the page again.';
    return;
  }
  sample = await answer.json();
  part('try-purpose').textContent = sample.purpose;
  part('try-envelope').value = sample.envelope;
  part('try-send').disabled = false;
  showCurl();
}

function showCurl() {
  if (!sample) return;
  const name = part('try-name').value.trim();
  const head = sample.curl.replace("'ACCOUNT'", `'${NAME.test(name) ? name : 'ACCOUNT'}'`);
  const text = part('try-envelope').value;
  part('try-curl').textContent = `${head}${text}${text.endsWith('\n') ? '' : '\n'}ENVELOPE\n`;
}

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** Each element in a line of its own, unless it holds text only. */
function pretty(text) {
  const xml = new DOMParser().parseFromString(text, 'text/xml');
  if (xml.querySelector('parsererror')) return text;
  const write = new XMLSerializer();
  const lines = [];
  const walk = (node, indent) => {
    const inner = [...node.childNodes].filter((one) => one.nodeType !== Node.TEXT_NODE || one.data.trim() !== '');
    const whole = write.serializeToString(node);
    if (node.nodeType !== Node.ELEMENT_NODE || inner.every((one) => one.nodeType === Node.TEXT_NODE)) {
      lines.push(indent + whole.trim());
      return;
    }
    const empty = node.cloneNode(false);
    empty.textContent = '\u0001';
    const [open, close] = write.serializeToString(empty).split('\u0001');
    lines.push(indent + open);
    for (const one of inner) walk(one, `${indent}  `);
    lines.push(indent + close);
  };
  walk(xml.documentElement, '');
  return lines.join('\n');
}

function lack() {
  if (part('try-name').value.trim() === '') return ['try-name', 'Type the name of an account.'];
  if (part('try-password').value === '') return ['try-password', 'Type the password of the account.'];
  if (part('try-envelope').value.trim() === '') return ['try-envelope', 'There is no request to send.'];
  return null;
}

async function send() {
  const missing = lack();
  part('try-wrong').textContent = missing?.[1] ?? '';
  if (missing) {
    part(missing[0]).focus();
    return;
  }
  part('try-send').disabled = true;
  part('try-status').textContent = 'Sent; waiting for the answer …';
  part('try-answer').hidden = true;
  const headers = {
    'Content-Type': sample.type,
    Authorization: `Basic ${base64(`${part('try-name').value.trim()}:${part('try-password').value}`)}`,
  };
  if (sample.soapAction) headers.SOAPAction = sample.soapAction;
  const begun = performance.now();
  try {
    const answer = await fetch(sample.path, {
      method: 'POST',
      headers,
      body: part('try-envelope').value,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
    });
    const text = await answer.text();
    const took = Math.round(performance.now() - begun);
    part('try-status').textContent = `HTTP ${answer.status}${answer.ok ? '' : ', a fault'}, ${text.length.toLocaleString('en')} characters, ${took} ms`;
    const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… and more` : pretty(text);
    part('try-answer').textContent = shown;
    part('try-answer').hidden = text === '';
  } catch {
    part('try-status').textContent = 'No answer: the server cannot be reached, or the connection broke off.';
  } finally {
    part('try-send').disabled = false;
  }
}

if (form) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    // The frame disables what was pressed and keeps drafts: neither is for what stays on this page.
    event.stopPropagation();
    if (sample) send();
  });
  part('try-operation').addEventListener('change', fetchSample);
  part('try-soap').addEventListener('change', fetchSample);
  part('try-again').addEventListener('click', fetchSample);
  part('try-envelope').addEventListener('input', showCurl);
  part('try-name').addEventListener('input', showCurl);
  fetchSample();
}
