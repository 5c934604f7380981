import { api } from '../../api.js';
import { ask } from '../../dialog.js';
import { changing } from '../../session.js';
import { configuredProviders, signInAddress } from '../providers.js';

/** Does what needs a recent login; if there was none, asks for one first: here, or at a provider. */
export async function recently(work) {
  try {
    await work();
  } catch (error) {
    if (error.code !== 'reauthentication_required') throw error;
    // Asked again: a way that has gone since the page was drawn would lead to another account.
    const { hasPassword, items } = await api('GET', '/users/me/identities');
    if (hasPassword) return askPassword(IS_IT_YOU, work);
    const configured = await configuredProviders();
    const way = configured.find(({ provider }) => items.some((item) => item.provider === provider));
    if (!way) throw error;
    location.assign(signInAddress(way.provider, '/account'));
  }
}

const IS_IT_YOU = {
  title: 'Is it you?',
  text: 'You logged in a while ago. Confirm with your password.',
  action: 'Confirm',
};

/** Does what needs a recent login once the right password is given, which is one. */
export function askPassword({ title, text, action }, work) {
  ask({
    title,
    text,
    action,
    fields: [{ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' }],
    errorField: { wrong_password: 'password' },
    async submit(confirmation) {
      await changing(() => api('POST', '/sessions/current/reauthentication', confirmation));
      await work();
    },
  });
}
