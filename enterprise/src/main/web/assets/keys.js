// Keyboard: "/" goes to the search, "?" shows the help, "g" and a letter opens a page of the menu (data-key).
const typing = (element) => element?.closest('input, textarea, select, [contenteditable]') != null;
const help = () => document.getElementById('keys');
let going = 0;

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector('dialog[open]')) return;
  const key = event.key;
  if (Date.now() - going < 1_500) {
    going = 0;
    const link = document.querySelector(`a[data-key="${CSS.escape(key)}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
  } else if (key === 'g') {
    going = Date.now();
  } else if (key === '/') {
    const search = document.querySelector('[data-search]');
    if (search) {
      event.preventDefault();
      search.focus();
    }
  } else if (key === '?') {
    event.preventDefault();
    help()?.showModal();
  }
});
