// Short messages at the edge. The server sends them by the header HX-Trigger or with the page; modules call toast().
const place = () => document.getElementById('toasts');

export function toast(text, kind = 'done') {
  const box = document.createElement('div');
  box.className = `fl-toast fl-toast-${kind}`;
  const message = document.createElement('span');
  message.textContent = text;
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'btn-close';
  close.setAttribute('aria-label', 'Close');
  close.addEventListener('click', () => box.remove());
  box.append(message, close);
  place()?.append(box);
  arm(box);
}

// A fault stays until it is closed.
function arm(box) {
  if (!box.classList.contains('fl-toast-fault')) setTimeout(() => box.remove(), 8_000);
}

document.querySelectorAll('#toasts > .fl-toast').forEach((box) => {
  box.querySelector('button')?.addEventListener('click', () => box.remove());
  arm(box);
});
document.addEventListener('fairlead:toast', (event) => toast(event.detail.text, event.detail.kind));

// What htmx could not do is said, in the server's words where it has some.
document.addEventListener('htmx:responseError', (event) => {
  const xhr = event.detail.xhr;
  toast(xhr.getResponseHeader('X-Fairlead-Message') ?? `The server answered with ${xhr.status}.`, 'fault');
});
document.addEventListener('htmx:sendError', () => toast('The server cannot be reached.', 'fault'));
document.addEventListener('htmx:timeout', () => toast('The server took too long to answer.', 'fault'));
