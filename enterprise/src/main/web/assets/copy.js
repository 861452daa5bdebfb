// Buttons that copy what stands elsewhere on the page: data-copy is its id.
import { toast } from './toasts.js';

document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('[data-copy]');
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    toast('Copied.');
  } catch {
    if (source.select) {
      source.focus();
      source.select();
    } else {
      getSelection().selectAllChildren(source);
    }
    toast('The browser does not let this page copy: press Ctrl+C.', 'fault');
  }
});
