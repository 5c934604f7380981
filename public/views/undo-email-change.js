import { api } from '../api.js';
import { el } from '../dom.js';
import { secretOf } from '../link.js';
import { button, go, warn } from '../page.js';
import { changing } from '../session.js';

/** Opened by the link in the notice of a change of address. Nothing happens before the button is pressed. */
export async function undoEmailChangeView() {
  const token = secretOf('/undo-email-change');
  const text =
    'Your account gets this address back. All sessions end, and the password has to be reset: a mail with a link comes to ' +
    'this address. Passkeys and providers that were added since are removed.';
  const action = token ? button('Undo the change', () => undo(token), { class: 'primary' }) : [];
  const problem = token ? text : 'This link is incomplete. Open it from the mail again.';
  const node = el(
    'div',
    { class: 'narrow' },
    el('h1', {}, 'Was it not you?'),
    el('p', {}, problem),
    el('div', { class: 'actions' }, action),
  );
  return { title: 'Undo email change', node };
}

async function undo(token) {
  await changing(() => api('POST', '/email-changes/undo', { token }), { signsOut: true });
  warn('Your address is restored. Look into your mail for a link to choose a new password.');
  go('/login');
}
