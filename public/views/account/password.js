import { api } from '../../api.js';
import { el } from '../../dom.js';
import { form } from '../../form.js';
import { say } from '../../page.js';
import { changing } from '../../session.js';

/** @param changed called afterwards: the other sessions are gone then */
export function passwordSection({ changed }) {
  const { element, reset } = form({
    fields: [
      { name: 'currentPassword', label: 'Current password', type: 'password', autocomplete: 'current-password' },
      { name: 'newPassword', label: 'New password', type: 'password', autocomplete: 'new-password' },
    ],
    action: 'Change password',
    submit: change,
    errorField: { wrong_password: 'currentPassword' },
  });

  async function change(passwords) {
    const { revokedSessions } = await changing(() => api('PUT', '/users/me/password', passwords));
    reset();
    say(`Your password is changed; ${revokedSessions} other sessions were ended.`);
    await changed();
  }

  const note = el('p', { class: 'muted' }, 'All your other sessions end with it.');
  return el('section', { class: 'panel', 'aria-label': 'Password' }, el('h2', {}, 'Change password'), note, element);
}
