// The one stream of hints from the server: what is heard of, opened again when that changes or the stream is lost.
// Calls told({ open }), told({ hint: topic }) or told({ over: true }) when the session has ended.
export function hints(told) {
  let wanted = '';
  let source = null;
  let again = 0;

  const close = () => {
    clearTimeout(again);
    source?.close();
    source = null;
  };
  const open = () => {
    close();
    if (!wanted) return;
    const now = new EventSource(`/live?topics=${encodeURIComponent(wanted)}`);
    source = now;
    now.onopen = () => {
      told({ open: true });
      // What was missed meanwhile is read again.
      wanted.split(' ').forEach((topic) => told({ hint: topic }));
    };
    now.onerror = () => {
      told({ open: false });
      // The browser tries again by itself, except after an answer that is none.
      if (now.readyState === EventSource.CLOSED) again = setTimeout(open, 10_000);
    };
    now.addEventListener('hint', (event) => told({ hint: event.data }));
    now.addEventListener('end', () => {
      close();
      told({ open: false, over: true });
    });
  };

  return {
    /** Hears of these topics, and of nothing else. */
    want(topics) {
      const sorted = [...new Set(topics)].sort().join(' ');
      if (sorted === wanted) return;
      wanted = sorted;
      close();
      again = setTimeout(open, 20);
    },
  };
}
