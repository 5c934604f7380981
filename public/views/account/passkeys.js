import { api } from '../../api.js';
import { ask } from '../../dialog.js';
import { el, time } from '../../dom.js';
import { button, say } from '../../page.js';
import { changing } from '../../session.js';
import {
  createPasskey,
  isCancelled,
  NEEDS_HOST_NAME,
  onIpAddress,
  passkeysSupported,
  signalAccepted,
} from '../../webauthn.js';
import { recently } from './reauthenticate.js';

/** The account's passkeys. @param changed called afterwards: recovery codes may be of use now */
export async function passkeysSection({ changed }) {
  const list = el('ul', { class: 'rows' });

  async function refresh() {
    const passkeys = await api('GET', '/users/me/passkeys');
    list.replaceChildren(...passkeys.items.map(row));
    if (passkeysSupported()) await signalAccepted(passkeys);
  }

  function row(passkey) {
    const { name, createdAt, lastUsedAt, synced } = passkey;
    const used = lastUsedAt ? [' · used ', time(lastUsedAt)] : [];
    const kind = synced ? 'synced' : 'on one device';
    const facts = el('p', { class: 'muted' }, `${kind} · added `, time(createdAt), ...used);
    const actions = [
      button('Rename', () => rename(passkey), { 'aria-label': `Rename ${name}` }),
      button('Remove', () => recently(() => remove(passkey)), { 'aria-label': `Remove ${name}` }),
    ];
    return el(
      'li',
      {},
      el('div', {}, el('p', { class: 'name' }, name), facts),
      el('div', { class: 'actions' }, actions),
    );
  }

  async function add() {
    try {
      const { options } = await api('POST', '/users/me/passkeys/options');
      const credential = await createPasskey(options);
      const { name } = await changing(() => api('POST', '/users/me/passkeys', { credential }));
      await done(`The passkey “${name}” is added.`);
    } catch (error) {
      if (!isCancelled(error)) throw error;
    }
  }

  function rename({ id, name }) {
    ask({
      title: 'Rename the passkey',
      text: 'Its name is for you alone.',
      action: 'Rename',
      fields: [{ name: 'name', label: 'Name', value: name }],
      submit: async (values) => {
        await api('PATCH', `/users/me/passkeys/${id}`, values);
        await done('The passkey is renamed.');
      },
    });
  }

  async function remove({ id, name }) {
    await api('DELETE', `/users/me/passkeys/${id}`);
    await done(`The passkey “${name}” is removed.`);
  }

  async function done(text) {
    say(text);
    await refresh();
    await changed();
  }

  await refresh();
  const note = el('p', { class: 'muted' }, 'Log in with your fingerprint, face or device lock in place of a password.');
  return el('section', { class: 'panel', 'aria-label': 'Passkeys' }, el('h2', {}, 'Passkeys'), note, list, adding(add));
}

function adding(add) {
  if (passkeysSupported())
    return el(
      'div',
      { class: 'more' },
      button('Add a passkey', () => recently(add)),
    );
  const text = onIpAddress ? NEEDS_HOST_NAME : 'This browser cannot use passkeys.';
  return el('p', { class: 'muted' }, text);
}
