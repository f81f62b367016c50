// Before anything is drawn: the theme that was chosen last, if any; else the system's.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('nave.theme');
  } catch {
    // Storage is off: follow the system.
  }
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
})();
