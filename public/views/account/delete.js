import { api } from '../../api.js';
import { ask } from '../../dialog.js';
import { el } from '../../dom.js';
import { button, go, say } from '../../page.js';
import { changing } from '../../session.js';
import { recently } from './identities.js';

export function deleteSection() {
  const note = el('p', { class: 'muted' }, 'Removes the account, its sessions, its posts and its history for good.');
  const start = button('Delete account', confirmDeletion, { class: 'danger' });
  return el('section', { class: 'panel', 'aria-label': 'Delete account' }, el('h2', {}, 'Delete account'), note, start);
}

async function confirmDeletion() {
  const { hasPassword } = await api('GET', '/users/me/identities');
  if (hasPassword) confirmByPassword();
  else confirmWithout();
}

function confirmByPassword() {
  ask({
    title: 'Delete your account?',
    text: 'This cannot be undone. Confirm with your password.',
    action: 'Delete for good',
    fields: [{ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' }],
    errorField: { wrong_password: 'password' },
    async submit(confirmation) {
      // Deleting needs a recent sign-in, and this is one.
      await changing(() => api('POST', '/sessions/current/reauthentication', confirmation));
      await remove();
    },
  });
}

/** Without a password, a recent sign-in by a provider is what counts. */
function confirmWithout() {
  ask({
    title: 'Delete your account?',
    text: 'This cannot be undone.',
    action: 'Delete for good',
    submit: () => recently(remove),
  });
}

async function remove() {
  await changing(() => api('DELETE', '/users/me'), { signsOut: true });
  say('Your account is deleted.');
  go('/');
}
