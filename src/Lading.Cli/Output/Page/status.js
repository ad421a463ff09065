(() => {
  'use strict';
  const root = document.documentElement;

  // The theme: what the system prefers, unless somebody chose one.
  const theme = document.getElementById('theme');
  const key = 'lading-theme';
  const choose = (name) => {
    if (name === 'light' || name === 'dark') root.dataset.theme = name;
    else delete root.dataset.theme;
  };
  let chosen = null;
  try {
    chosen = localStorage.getItem(key);
  } catch {
    // A browser may keep nothing for files.
  }
  theme.hidden = false;
  for (const input of theme.querySelectorAll('input')) {
    input.checked = input.value === (chosen ?? 'auto');
    input.addEventListener('change', () => {
      choose(input.value);
      try {
        localStorage.setItem(key, input.value);
      } catch {
        // Then the choice lasts as long as the page.
      }
    });
  }
  choose(chosen);

  // How old the page is.
  const read = new Date(document.querySelector('#read time').dateTime);
  const age = document.getElementById('age');
  const tell = () => {
    const minutes = Math.floor((Date.now() - read) / 60000);
    const [count, unit] =
      minutes < 60 ? [minutes, 'minute'] : minutes < 2880 ? [Math.floor(minutes / 60), 'hour'] : [Math.floor(minutes / 1440), 'day'];
    age.textContent = minutes < 1 ? '' : `, ${count} ${unit}${count === 1 ? '' : 's'} ago`;
  };
  tell();
  setInterval(tell, 60000);

  // A link to a service opens it.
  const reveal = () => {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (target instanceof HTMLDetailsElement) {
      target.hidden = false;
      target.open = true;
      target.scrollIntoView();
      target.querySelector('summary').focus({ preventScroll: true });
    }
  };
  addEventListener('hashchange', reveal);
  reveal();

  // Finding one of many.
  const cards = [...document.querySelectorAll('details.card')];
  const query = document.getElementById('query');
  const differs = document.getElementById('differs');
  const found = document.getElementById('found');
  const filter = () => {
    const text = query.value.trim().toLowerCase();
    let shown = 0;
    for (const card of cards) {
      card.hidden =
        (differs.checked && card.classList.contains('good')) || !card.textContent.toLowerCase().includes(text);
      shown += card.hidden ? 0 : 1;
    }
    found.textContent = text || differs.checked ? `${shown} of ${cards.length}` : '';
  };
  if (cards.length > 1) {
    document.getElementById('search').hidden = false;
    query.addEventListener('input', filter);
    differs.addEventListener('change', filter);
  }
})();
