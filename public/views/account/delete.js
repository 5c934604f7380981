import { api } from '../../api.js';
import { ask } from '../../dialog.js';
import { el } from '../../dom.js';
import { button, go, say } from '../../page.js';
import { changing } from '../../session.js';
import { askPassword, recently } from './reauthenticate.js';

export function deleteSection() {
  const note = el('p', { class: 'muted' }, 'Removes the account, its sessions, its posts and its history for good.');
  const start = button('Delete account', confirmDeletion, { class: 'danger' });
  return el('section', { class: 'panel', 'aria-label': 'Delete account' }, el('h2', {}, 'Delete account'), note, start);
}

const QUESTION = { title: 'Delete your account?', action: 'Delete for good' };

async function confirmDeletion() {
  const ways = ['/users/me/identities', '/users/me/second-factor'].map((path) => api('GET', path));
  const [{ hasPassword }, { totp }] = await Promise.all(ways);
  const methods = totp ? ['totp', 'recovery_code'] : [];
  const text = 'This cannot be undone. Confirm with your password.';
  if (hasPassword) askPassword({ ...QUESTION, text, methods }, remove);
  // A recent login by a provider or passkey counts then.
  else ask({ ...QUESTION, text: 'This cannot be undone.', submit: () => recently(remove) });
}

async function remove() {
  await changing(() => api('DELETE', '/users/me'), { signsOut: true });
  say('Your account is deleted.');
  go('/');
}
