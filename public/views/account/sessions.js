import { api } from '../../api.js';
import { el } from '../../dom.js';
import { button, go, say } from '../../page.js';
import { changing } from '../../session.js';
import { sessionCard } from './session-card.js';

/** Where am I logged in, and how do I end that one? */
export async function sessionsSection() {
  const list = el('ul', { class: 'rows' });
  const others = el('div', { class: 'more' });
  const heading = el('h2', { tabindex: '-1' }, 'Sessions');

  async function refresh() {
    const { items } = await api('GET', '/sessions');
    list.replaceChildren(...items.map((item) => sessionCard(item, signOutButton(item))));
    others.replaceChildren(...(items.length > 1 ? [button('End all other sessions', endOthers)] : []));
  }

  function signOutButton(item) {
    return button('Sign out', () => (item.current ? signOutHere(item) : signOut(item)));
  }

  async function signOut({ id, device }) {
    await api('DELETE', `/sessions/${id}`);
    await done(`${device.label} was signed out.`);
  }

  async function endOthers() {
    const { revoked } = await api('DELETE', '/sessions/others');
    await done(`${revoked} other sessions were ended.`);
  }

  async function done(text) {
    say(text);
    await refresh();
    heading.focus({ preventScroll: true });
  }

  await refresh();
  const note = el('p', { class: 'muted' }, 'Every place where you are logged in. Sign out the ones you do not know.');
  return { node: el('section', { class: 'panel', 'aria-label': 'Sessions' }, heading, note, list, others), refresh };
}

async function signOutHere({ id }) {
  await changing(() => api('DELETE', `/sessions/${id}`), { signsOut: true });
  say('You have logged out.');
  go('/');
}
