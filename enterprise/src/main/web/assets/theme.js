// Before the first paint: the theme that was chosen here, or the system's. A classic script, for modules come too late.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => {
    try {
      return localStorage.getItem('fairlead.theme') ?? 'auto';
    } catch {
      return 'auto';
    }
  };
  const apply = () => {
    const theme = chosen();
    const root = document.documentElement;
    root.dataset.theme = theme;
    root.dataset.bsTheme = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
    document.dispatchEvent(new CustomEvent('fairlead:theme', { detail: root.dataset.bsTheme }));
  };
  dark.addEventListener('change', apply);
  addEventListener('storage', apply);
  window.fairleadTheme = (theme) => {
    try {
      localStorage.setItem('fairlead.theme', theme);
    } catch {
      // A browser that keeps nothing shows the system's theme.
    }
    apply();
  };
  apply();
})();
