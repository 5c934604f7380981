import { api } from '../api.js';
import { el } from '../dom.js';
import { form } from '../form.js';
import { secretOf } from '../link.js';
import { go, say } from '../page.js';
import { changing } from '../session.js';
import { isCancelled, passkeysSupported, usePasskey } from '../webauthn.js';
import { proofField, proofOf } from './proof.js';
import { usernameField } from './username-field.js';

/** Opened by the link in the mail. Nothing happens before the form is sent. */
export async function resetPasswordView() {
  const token = secretOf('/reset-password');
  const status = token && (await api('POST', '/password-resets/status', { token }).catch(invalidLink));
  if (!status) return useless();
  const { userName, secondFactor } = status;
  const typed = secondFactor.filter((method) => method !== 'passkey');
  const { element, input } = form({
    fields: [
      // Password managers store the new password under this name.
      usernameField(userName),
      { name: 'newPassword', label: 'New password', type: 'password', autocomplete: 'new-password' },
      ...(typed.length > 0 ? [{ ...proofField(typed), required: !secondFactor.includes('passkey') }] : []),
    ],
    action: 'Set password',
    submit: ({ newPassword, proof }) => reset({ token, newPassword, ...proofOf(proof) }, userName),
    errorField: { wrong_code: 'proof' },
  });
  const node = el('div', { class: 'narrow' }, el('h1', {}, 'Choose a new password'), note(secondFactor), element);
  return { title: 'New password', node, focus: input('newPassword') };
}

async function reset(body, userName) {
  try {
    const { revokedSessions } = await changing(() => api('PUT', '/password-resets', body), { signsOut: true });
    say(`Your password is changed; ${revokedSessions} sessions were ended. Log in with the new one.`);
    go(`/login?username=${encodeURIComponent(userName)}`);
  } catch (error) {
    if (error.code !== 'code_required' || !error.options || !passkeysSupported()) throw error;
    await confirmWithPasskey(body, error.options, userName);
  }
}

async function confirmWithPasskey(body, options, userName) {
  try {
    await reset({ ...body, credential: await usePasskey(options) }, userName);
  } catch (error) {
    if (!isCancelled(error)) throw error;
  }
}

function note(secondFactor) {
  const more = secondFactor.length > 0 ? ' Your second factor is needed as well.' : '';
  return el('p', { class: 'muted' }, `All your sessions end with it.${more}`);
}

function invalidLink(error) {
  if (error.code !== 'invalid_token') throw error;
}

function useless() {
  const text =
    'This link is used, too old, or incomplete. Links from older mails stop working once a password was changed.';
  const again = el('a', { href: '#/forgot-password', class: 'button' }, 'Send a new link');
  return {
    title: 'New password',
    node: el('div', { class: 'narrow' }, el('h1', {}, 'This link does not work'), el('p', {}, text), again),
  };
}
