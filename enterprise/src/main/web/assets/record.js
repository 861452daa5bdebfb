// Days are those of the viewer: the server is told in which zone they begin.
const form = document.getElementById('record-filter');
if (form) form.elements.zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
