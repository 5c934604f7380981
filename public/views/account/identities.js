import { api } from '../../api.js';
import { ask } from '../../dialog.js';
import { el, time } from '../../dom.js';
import { providerErrorText } from '../../messages.js';
import { button, say } from '../../page.js';
import { changing } from '../../session.js';
import { configuredProviders, signInAddress } from '../providers.js';

/**
 * Which providers log in to this account; nothing where the server knows none.
 * @param ways what GET /users/me/identities answers
 * @param error why a link has just failed
 */
export async function identitiesSection({ ways, error }) {
  const providers = await configuredProviders();
  const list = el('ul', { class: 'rows' });

  function show(now) {
    list.replaceChildren(...providers.map((provider) => row(provider, now)));
  }

  function row({ provider, label }, now) {
    const linked = now.items.find((item) => item.provider === provider);
    const facts = linked ? el('p', { class: 'muted' }, 'linked ', time(linked.linkedAt)) : false;
    const action = linked
      ? button('Unlink', () => recently(() => unlink(provider, label)), { 'aria-label': `Unlink ${label}` })
      : button('Link', () => recently(() => link(provider)), { 'aria-label': `Link ${label}` });
    return el('li', {}, el('div', {}, el('p', { class: 'name' }, label), facts), action);
  }

  async function unlink(provider, label) {
    await api('DELETE', `/users/me/identities/${provider}`);
    say(`${label} does not log in to your account any more.`);
    show(await api('GET', '/users/me/identities'));
  }

  if (providers.length === 0) return [];
  show(ways);
  const problem = error && el('p', { class: 'problem', role: 'alert' }, providerErrorText(error));
  const note = el('p', { class: 'muted' }, 'Other accounts of yours that may log in to this one.');
  return el('section', { class: 'panel', 'aria-label': 'Providers' }, el('h2', {}, 'Providers'), note, problem, list);
}

async function link(provider) {
  const visit = await api('POST', `/auth/${provider}/link`);
  location.assign(visit.location);
}

/** Does what needs a recent login; if there was none, asks for one first: here, or at a provider. */
export async function recently(work) {
  try {
    await work();
  } catch (error) {
    if (error.code !== 'reauthentication_required') throw error;
    // Asked again: a way that has gone since the page was drawn would lead to another account.
    const { hasPassword, items } = await api('GET', '/users/me/identities');
    if (hasPassword) return askPassword(work);
    const configured = await configuredProviders();
    const way = configured.find(({ provider }) => items.some((item) => item.provider === provider));
    if (!way) throw error;
    location.assign(signInAddress(way.provider, '/account'));
  }
}

function askPassword(work) {
  ask({
    title: 'Is it you?',
    text: 'You logged in a while ago. Confirm with your password.',
    action: 'Confirm',
    fields: [{ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' }],
    errorField: { wrong_password: 'password' },
    async submit(confirmation) {
      await changing(() => api('POST', '/sessions/current/reauthentication', confirmation));
      await work();
    },
  });
}
