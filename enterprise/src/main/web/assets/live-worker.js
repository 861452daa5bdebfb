// Shared by all pages of this browser, which together hold one stream: a browser opens few connections to a host.
import { hints } from './source.js';

const SILENT = 150_000;
const pages = new Map();
let isOpen = false;

const source = hints((message) => {
  if ('open' in message) isOpen = message.open;
  pages.forEach((page, port) => {
    if (!message.hint || page.topics.includes(message.hint)) port.postMessage(message);
  });
});
const update = () => source.want([...pages.values()].flatMap((page) => page.topics));

addEventListener('connect', ({ ports: [port] }) => {
  port.onmessage = ({ data }) => {
    if (data.bye) {
      pages.delete(port);
    } else {
      pages.set(port, { topics: data.topics, at: Date.now() });
      // This page has just been made, so there is nothing that it has missed.
      if (data.first && isOpen) port.postMessage({ open: true });
    }
    update();
  };
});

// A page that crashed says nothing. Pages in the background may speak once a minute only.
setInterval(() => {
  pages.forEach((page, port) => {
    if (Date.now() - page.at > SILENT) pages.delete(port);
  });
  update();
}, 30_000);
