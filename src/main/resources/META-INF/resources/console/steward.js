// Keys for the pages on which stewards decide: s same, d different, l later, n next, p previous.
(() => {
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input, textarea, select, [contenteditable]');
    if (typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const there = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (there) {
      event.preventDefault();
      there.click();
    }
  });
})();
