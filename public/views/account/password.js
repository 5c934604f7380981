import { api } from '../../api.js';
import { el } from '../../dom.js';
import { form } from '../../form.js';
import { go, say } from '../../page.js';
import { changing } from '../../session.js';
import { usernameField } from '../username-field.js';
import { recently } from './reauthenticate.js';

const CURRENT = {
  name: 'currentPassword',
  label: 'Current password',
  type: 'password',
  autocomplete: 'current-password',
};
const NEW = { name: 'newPassword', label: 'New password', type: 'password', autocomplete: 'new-password' };

/**
 * @param user whose password it is
 * @param ways what GET /users/me/identities answers
 * @param changed called afterwards: the other sessions are gone then
 */
export function passwordSection({ user, ways, changed }) {
  const title = ways.hasPassword ? 'Change password' : 'Set a password';
  const { element, reset } = form({
    fields: [usernameField(user.userName), ...(ways.hasPassword ? [CURRENT, NEW] : [NEW])],
    action: title,
    submit: ({ currentPassword, newPassword }) =>
      recently(() => (ways.hasPassword ? change({ currentPassword, newPassword }) : setFirst({ newPassword }))),
    errorField: { wrong_password: 'currentPassword' },
  });

  async function change(passwords) {
    const revokedSessions = await put(passwords);
    reset();
    say(`Your password is changed; ${revokedSessions} other sessions were ended.`);
    await changed();
  }

  const note = el('p', { class: 'muted' }, 'All your other sessions end with it.');
  return el('section', { class: 'panel', 'aria-label': 'Password' }, el('h2', {}, title), note, element);
}

async function setFirst(passwords) {
  const revokedSessions = await put(passwords);
  // Every part of the page asks for it from now on.
  go('/account');
  say(`You can log in with your password now; ${revokedSessions} other sessions were ended.`);
}

async function put(passwords) {
  const { revokedSessions } = await changing(() => api('PUT', '/users/me/password', passwords));
  return revokedSessions;
}
