import { api } from '../../api.js';
import { el, time } from '../../dom.js';
import { providerErrorText } from '../../messages.js';
import { button, say } from '../../page.js';
import { recently } from './reauthenticate.js';

/**
 * Which providers log in to this account; nothing where the server knows none.
 * @param providers `[{provider, label}]`, from `signInMethods()`
 * @param ways what GET /users/me/identities returns
 * @param error why a link has just failed
 */
export function identitiesSection({ providers, ways, error }) {
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
