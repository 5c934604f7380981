import { api } from '../../api.js';
import { ask } from '../../dialog.js';
import { el } from '../../dom.js';
import { button, go, say } from '../../page.js';
import { changing } from '../../session.js';
import { signInAddress } from '../providers.js';

/** @param ways what GET /users/me/identities answers */
export function deleteSection(ways) {
  const note = el('p', { class: 'muted' }, 'Removes the account, its sessions, its posts and its history for good.');
  const start = button('Delete account', ways.hasPassword ? confirmDelete : () => confirmWithout(ways.items[0]), {
    class: 'danger',
  });
  return el('section', { class: 'panel', 'aria-label': 'Delete account' }, el('h2', {}, 'Delete account'), note, start);
}

function confirmDelete() {
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

/** Without a password, a recent sign-in by the provider is what counts. */
function confirmWithout({ provider }) {
  ask({
    title: 'Delete your account?',
    text: 'This cannot be undone.',
    action: 'Delete for good',
    async submit() {
      try {
        await remove();
      } catch (error) {
        if (error.code !== 'reauthentication_required') throw error;
        location.assign(signInAddress(provider, '/account'));
      }
    },
  });
}

async function remove() {
  await changing(() => api('DELETE', '/users/me'), { signsOut: true });
  say('Your account is deleted.');
  go('/');
}
