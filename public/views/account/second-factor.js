import { api } from '../../api.js';
import { ask } from '../../dialog.js';
import { el, time } from '../../dom.js';
import { form } from '../../form.js';
import { button, copyButton, say } from '../../page.js';
import { changing } from '../../session.js';
import { recently } from './reauthenticate.js';
import { recoveryCodes } from './recovery-codes.js';

/**
 * Codes of an authenticator app, and recovery codes.
 * @param available whether the server lets accounts turn codes on
 * @param changed called afterwards: the other sessions are gone then
 */
export async function secondFactorSection({ available, changed }) {
  const body = el('div', {});

  async function refresh() {
    const state = await api('GET', '/users/me/second-factor');
    body.replaceChildren(...[summary(state), actions(state)].flat());
  }

  function summary({ totp, recoveryCodes: codes }) {
    const text = totp ? ['Codes from an app are on since ', time(totp.enabledAt), '.'] : ['Codes from an app are off.'];
    const left =
      codes && el('p', { class: 'muted' }, `${codes.left} recovery codes left, made `, time(codes.createdAt), '.');
    return [el('p', {}, ...text), left].filter(Boolean);
  }

  function actions({ totp, passkeys, required }) {
    const offer = available || totp;
    const parts = [
      offer && button(totp ? 'Move to another app' : 'Turn on', () => recently(enroll)),
      (totp || passkeys > 0) && button('New recovery codes', () => recently(renew)),
      totp && !(required && passkeys === 0) && button('Turn off', () => confirmOff(), { class: 'quiet' }),
    ];
    return el('div', { class: 'actions' }, ...parts.filter(Boolean));
  }

  async function enroll() {
    const { secret, uri, qr } = await api('POST', '/users/me/totp');
    const image = el('img', {
      class: 'qr',
      alt: 'QR code for your authenticator app; the key below is the same as text',
      src: `data:image/svg+xml,${encodeURIComponent(qr)}`,
    });
    const confirm = form({
      fields: [{ name: 'code', label: 'Code from the app', inputmode: 'numeric', autocomplete: 'one-time-code' }],
      action: 'Turn on',
      submit: turnOn,
      errorField: { wrong_code: 'code' },
      extra: [button('Cancel', refresh)],
    });
    body.replaceChildren(
      el('p', {}, 'Scan this with your authenticator app, or type the key into it. Then type the code that it shows.'),
      image,
      el('p', {}, 'Key: ', el('code', { class: 'secret' }, secret)),
      el('div', { class: 'actions' }, copyButton('Copy key', secret), el('a', { href: uri }, 'Open in an app')),
      confirm.element,
    );
    confirm.input('code').focus();
  }

  async function turnOn({ code }) {
    const { recoveryCodes: codes, revokedSessions } = await changing(() => api('PUT', '/users/me/totp', { code }));
    say(`Codes are on; ${revokedSessions} other sessions were ended.`);
    await refresh();
    if (codes) body.prepend(recoveryCodes(codes));
    await changed();
  }

  async function renew() {
    const { recoveryCodes: codes } = await api('POST', '/users/me/recovery-codes');
    await refresh();
    body.prepend(recoveryCodes(codes));
  }

  function confirmOff() {
    const question = { title: 'Turn codes off?', text: 'Your password alone logs in then.', action: 'Turn off' };
    ask({ ...question, submit: () => recently(turnOff) });
  }

  async function turnOff() {
    await changing(() => api('DELETE', '/users/me/totp'));
    say('Codes are off.');
    await refresh();
    await changed();
  }

  await refresh();
  const node = el('section', { class: 'panel', 'aria-label': 'Second factor' }, el('h2', {}, 'Second factor'), body);
  return { node, refresh };
}
