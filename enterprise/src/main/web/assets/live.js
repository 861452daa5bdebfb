// What htmx's extension takes for an EventSource: the hints that this page wants, out of the browser's one stream.
import { hints } from './source.js';

const topicsOf = (url) => (new URL(url, location).searchParams.get('topics') ?? '').split(' ').filter(Boolean);

// Such as by the button that logs out.
let leaving = false;
addEventListener('beforeunload', () => {
  leaving = true;
  setTimeout(() => (leaving = false), 3_000);
});

class Live extends EventTarget {
  readyState = 0;

  constructor(url) {
    super();
    this.topics = topicsOf(url);
    try {
      this.throughWorker();
    } catch {
      this.source = hints((message) => this.told(message));
      this.source.want(this.topics);
    }
  }

  throughWorker() {
    const worker = new SharedWorker(new URL('./live-worker.js', import.meta.url), { type: 'module' });
    this.port = worker.port;
    this.port.onmessage = ({ data }) => this.told(data);
    const hello = (first) => this.port.postMessage({ topics: this.topics, first });
    hello(true);
    setInterval(() => hello(false), 20_000);
    addEventListener('pagehide', () => this.port.postMessage({ bye: true }));
    addEventListener('pageshow', (event) => event.persisted && hello(true));
  }

  told(message) {
    if ('open' in message) {
      this.readyState = message.open ? 1 : 0;
      if (message.open) this.onopen?.(new Event('open'));
      document.dispatchEvent(new CustomEvent('fairlead:live', { detail: message.open }));
    }
    if (message.hint && this.topics.includes(message.hint)) {
      const [kind, id = ''] = message.hint.split('/');
      this.dispatchEvent(new MessageEvent(kind, { data: id }));
    }
    // Whoever comes back finds the log-in, and not a page that looks alive. One that is being left is let go.
    if (message.over) document.dispatchEvent(new Event('fairlead:over'));
    if (message.over) setTimeout(() => location.replace(location.pathname + location.search), leaving ? 3_000 : 0);
  }

  close() {
    this.readyState = 2;
    this.port?.postMessage({ bye: true });
    this.source?.want([]);
  }
}

window.htmx.createEventSource = (url) => new Live(url);
