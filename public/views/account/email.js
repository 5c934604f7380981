import { api } from '../../api.js';
import { ask } from '../../dialog.js';
import { el } from '../../dom.js';
import { form } from '../../form.js';
import { button, say } from '../../page.js';
import { codeForm } from '../verify-email.js';
import { recently } from './reauthenticate.js';

/** The account's email address: its state, a change of it, the code that verifies it. */
export async function emailSection() {
  const body = el('div', {});

  async function refresh() {
    const { email, emailVerified, pendingEmail } = await api('GET', '/users/me');
    const waiting = pendingEmail ?? (emailVerified ? undefined : email);
    body.replaceChildren(
      ...[state(email, emailVerified, pendingEmail), verification(waiting), change(email), removal(email)].flat(),
    );
  }

  function state(email, emailVerified, pendingEmail) {
    const badge = el('span', { class: 'badge' }, emailVerified ? 'Verified' : 'Not verified');
    return [
      email ? el('p', { class: 'name' }, email, ' ', badge) : el('p', { class: 'muted' }, 'No address yet.'),
      ...(pendingEmail ? [el('p', { class: 'muted' }, `${pendingEmail} takes its place once its code is typed.`)] : []),
    ];
  }

  function verification(address) {
    if (!address) return [];
    const again = button('Send a new code', async () => {
      await api('POST', '/users/me/email/verification');
      say(`A code is on its way to ${address}.`);
    });
    return [el('p', { class: 'muted' }, `A code was sent to ${address}.`), codeForm('', refresh).element, again];
  }

  function change(email) {
    const { element } = form({
      fields: [
        { name: 'email', label: email ? 'New email address' : 'Email address', type: 'email', autocomplete: 'email' },
      ],
      action: email ? 'Change' : 'Add',
      submit: (values) => recently(() => put(values)),
      errorField: { nothing_to_verify: 'email' },
    });
    return element;
  }

  async function put(values) {
    const { pendingEmail } = await api('PUT', '/users/me/email', values);
    say(`A code is on its way to ${pendingEmail}.`);
    await refresh();
  }

  function removal(email) {
    if (!email) return [];
    const question = {
      title: 'Remove the address?',
      text: 'A lost password cannot be reset without one.',
      action: 'Remove',
    };
    return button('Remove', () => ask({ ...question, submit: () => recently(remove) }), { class: 'quiet' });
  }

  async function remove() {
    await api('DELETE', '/users/me/email');
    say('Your address is removed.');
    await refresh();
  }

  await refresh();
  return el('section', { class: 'panel', 'aria-label': 'Email' }, el('h2', {}, 'Email'), body);
}
