// Theme, keyboard, and an htmx swap that changes only what differs, so that nothing flickers.
(() => {
  const root = document.documentElement;

  // -- theme

  document.getElementById('theme').addEventListener('click', () => {
    const dark = root.dataset.theme
      ? root.dataset.theme === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    try {
      localStorage.setItem('nave.theme', root.dataset.theme);
    } catch {
      // Storage is off: the choice lasts as long as the page.
    }
  });

  // -- keyboard: / searches, arrows walk through what was found

  const field = () => document.querySelector('input[type=search]');
  const hits = () => [...document.querySelectorAll('.hits a')];

  const walk = (event) => {
    const all = hits();
    const here = all.indexOf(document.activeElement);
    const typing = document.activeElement === field();
    if (!all.length || (here < 0 && !typing)) {
      return;
    }
    event.preventDefault();
    const next = here + (event.key === 'ArrowDown' ? 1 : -1);
    (next < 0 ? field() : all[Math.min(next, all.length - 1)]).focus();
  };

  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input, textarea, select, [contenteditable]');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && field()) {
      event.preventDefault();
      field().focus();
      field().select();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      walk(event);
    }
  });

  // -- the hub is away

  const offline = document.getElementById('offline');
  const away = (isAway) => {
    if (offline.hidden === isAway) {
      offline.hidden = !isAway;
      offline.textContent = isAway ? offline.dataset.text : '';
    }
  };
  document.addEventListener('htmx:sendError', () => away(true));
  document.addEventListener('htmx:timeout', () => away(true));
  document.addEventListener('htmx:responseError', () => away(true));
  document.addEventListener('htmx:afterRequest', (event) => event.detail.successful && away(false));

  // -- the steady swap

  const attributes = (to, from) => {
    for (const { name, value } of from.attributes) {
      if (to.getAttribute(name) !== value) {
        to.setAttribute(name, value);
      }
    }
    for (const { name } of [...to.attributes]) {
      if (!from.hasAttribute(name)) {
        to.removeAttribute(name);
      }
    }
  };

  const children = (to, from) => {
    const wanted = [...from.childNodes];
    while (to.childNodes.length > wanted.length) {
      to.lastChild.remove();
    }
    wanted.forEach((node, i) => {
      const there = to.childNodes[i];
      if (!there) {
        to.append(node);
      } else if (there.nodeName !== node.nodeName) {
        there.replaceWith(node);
      } else if (node.nodeType === Node.ELEMENT_NODE) {
        attributes(there, node);
        children(there, node);
      } else if (there.nodeValue !== node.nodeValue) {
        there.nodeValue = node.nodeValue;
      }
    });
  };

  const paces = () => {
    for (const lane of document.querySelectorAll('.lane.flows')) {
      for (const animation of lane.getAnimations()) {
        animation.updatePlaybackRate(Number(lane.dataset.pace));
      }
    }
  };

  if (window.htmx) {
    htmx.defineExtension('steady', {
      isInlineSwap: (style) => style === 'steady',
      handleSwap: (style, target, fragment) => {
        if (style !== 'steady') {
          return false;
        }
        children(target, fragment);
        paces();
        return [];
      },
    });
  }
  paces();
})();
