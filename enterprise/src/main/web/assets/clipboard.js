// The instrument's clipboard beside its desktop, where the customer shares it; what passes the agent there decides.

/** RFB's own clipboard has the letters of ISO 8859-1 only; noVNC sends a question mark for any other. */
const OTHER = /[^\u0000-\u00ff]/u;

const part = (id) => document.getElementById(id);

/** SEND hands a text to the instrument. */
export function clipboard(send) {
  const panel = part('clip');
  const opener = part('clip-open');
  const note = (text) => (part('clip-note').textContent = text);

  function open(wanted) {
    panel.hidden = !wanted;
    opener.setAttribute('aria-expanded', String(wanted));
  }

  opener.addEventListener('click', () => {
    open(panel.hidden);
    if (!panel.hidden) part('clip-to').focus();
  });
  part('clip-send').addEventListener('click', () => {
    const text = part('clip-to').value;
    send(text);
    note(OTHER.test(text) ? 'Sent; some letters cannot be sent and became “?”.' : 'Sent.');
  });
  part('clip-copy').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(part('clip-from').value);
      note('Copied.');
    } catch {
      part('clip-from').select();
      note('Press Ctrl+C to copy.');
    }
  });

  return {
    /** A connection stands. */
    begin(shared) {
      opener.hidden = !shared;
      part('clip-none').hidden = shared;
      part('clip-none').textContent = 'Clipboard: not allowed by the customer';
      part('clip-send').disabled = !shared;
    },
    /** Somebody at the instrument copied this. */
    copied(text) {
      part('clip-from').value = text;
      part('clip-copy').disabled = text === '';
      note('');
    },
    end() {
      part('clip-send').disabled = true;
    },
  };
}
