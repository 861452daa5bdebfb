// The one stream of hints from the server: what is heard of, opened again when that changes or the stream is lost.
// Calls told({ open }), told({ hint: topic }), or told({ over: true }) when nobody is logged in any longer.
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
const WHEN_FULL = 300_000;

export function hints(told) {
  let wanted = '';
  let source = null;
  let again = 0;
  let pause = FIRST_PAUSE;

  const close = () => {
    clearTimeout(again);
    source?.close();
    source = null;
  };
  const lost = (wait) => {
    close();
    again = setTimeout(open, wait);
    told({ open: false });
  };
  const open = () => {
    close();
    if (!wanted) return;
    const now = new EventSource(`/live?topics=${encodeURIComponent(wanted)}`);
    source = now;
    now.addEventListener('hello', () => {
      pause = FIRST_PAUSE;
      told({ open: true });
      // What was missed meanwhile is read again.
      wanted.split(' ').forEach((topic) => told({ hint: topic }));
    });
    // A server that starts again is not asked by all browsers at once.
    now.onerror = () => {
      lost(pause * (0.5 + Math.random()));
      pause = Math.min(LONGEST_PAUSE, pause * 2);
    };
    now.addEventListener('hint', (event) => told({ hint: event.data }));
    now.addEventListener('again', () => lost(0));
    now.addEventListener('full', () => lost(WHEN_FULL));
    now.addEventListener('over', () => {
      close();
      wanted = '';
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
