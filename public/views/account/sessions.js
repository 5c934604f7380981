import { api } from '../../api.js';
import { button, el } from '../../dom.js';
import { errorText } from '../../messages.js';
import { go, say, warn } from '../../page.js';
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
    await done(
      () => api('DELETE', `/sessions/${id}`),
      () => `${device.label} was signed out.`,
    );
  }

  async function endOthers() {
    await done(
      () => api('DELETE', '/sessions/others'),
      ({ revoked }) => `${revoked} other sessions were ended.`,
    );
  }

  async function done(work, text) {
    try {
      say(text(await work()));
      await refresh();
      heading.focus({ preventScroll: true });
    } catch (error) {
      warn(errorText(error));
    }
  }

  await refresh();
  const note = el('p', { class: 'muted' }, 'Every place where you are logged in. Sign out the ones you do not know.');
  return { node: el('section', { class: 'panel', 'aria-label': 'Sessions' }, heading, note, list, others), refresh };
}

async function signOutHere({ id }) {
  try {
    await changing(() => api('DELETE', `/sessions/${id}`), { signsOut: true });
  } catch (error) {
    return warn(errorText(error));
  }
  say('You have logged out.');
  go('/');
}
