import { api } from '../../api.js';
import { ask } from '../../dialog.js';
import { signInMethods } from '../../sign-in-methods.js';
import { changing, user } from '../../session.js';
import { isCancelled, passkeysSupported, usePasskey } from '../../webauthn.js';
import { proofField, proofOf } from '../proof.js';
import { usernameField } from '../username-field.js';

const PATH = '/sessions/current/reauthentication';

const IS_IT_YOU = {
  title: 'Is it you?',
  text: 'You logged in a while ago. Confirm that it is still you.',
  action: 'Confirm',
};

/** Does what needs a recent login; if there was none, asks for one first: here, or at a provider. */
export async function recently(work) {
  try {
    await work();
  } catch (error) {
    if (error.code !== 'reauthentication_required') throw error;
    await reauthenticate(work, error);
  }
}

async function reauthenticate(work, error) {
  // Asked again: a way that has gone since the page was drawn would lead nowhere.
  const { hasPassword, items } = await api('GET', '/users/me/identities');
  if (error.methods?.includes('passkey') && passkeysSupported() && (await withPasskey(work))) return;
  if (hasPassword) return askPassword({ ...IS_IT_YOU, methods: error.methods }, work);
  const { providers } = await signInMethods();
  const way = providers.find(({ provider }) => items.some((item) => item.provider === provider));
  if (!way) throw error;
  const { location: address } = await api('POST', `/auth/${way.provider}/reauthentication`);
  location.assign(address);
}

/** @returns false when the user closed the browser's dialog, so that another way can be offered */
async function withPasskey(work) {
  try {
    const { options } = await api('POST', `${PATH}/options`);
    const credential = await usePasskey(options);
    await changing(() => api('POST', PATH, { credential }));
  } catch (error) {
    if (isCancelled(error)) return false;
    throw error;
  }
  await work();
  return true;
}

/** Does what needs a recent login once the right password is given, with the second factor where one is on. */
export function askPassword({ title, text, action, methods = [] }, work) {
  const typed = methods.filter((method) => ['totp', 'recovery_code'].includes(method));
  ask({
    title,
    text,
    action,
    fields: [
      usernameField(user.userName),
      { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', autofocus: true },
      ...(typed.length > 0 ? [proofField(typed)] : []),
    ],
    errorField: { wrong_password: 'password', wrong_code: 'proof' },
    async submit({ password, proof }) {
      await changing(() => api('POST', PATH, { password, ...proofOf(proof) }));
      await work();
    },
  });
}
