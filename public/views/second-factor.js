import { api } from '../api.js';
import { el } from '../dom.js';
import { form } from '../form.js';
import { secretOf } from '../link.js';
import { button, go, warn } from '../page.js';
import { pending, signIn } from '../sign-in.js';
import { isCancelled, passkeysSupported, usePasskey } from '../webauthn.js';
import { proofOf } from './proof.js';

const CODE_FIELD = {
  name: 'proof',
  label: 'Code from your authenticator app',
  hint: 'Six digits, new every half minute.',
  inputmode: 'numeric',
  autocomplete: 'one-time-code',
};
const RECOVERY_FIELD = {
  name: 'proof',
  label: 'Recovery code',
  hint: 'One of the codes that you kept; each works once. Dashes and capitals do not matter.',
  autocomplete: 'off',
  autocapitalize: 'characters',
  spellcheck: 'false',
};

/** After the password, or on the way back from a provider. Nothing is kept but the continuation, in memory. */
export async function secondFactorView({ query }) {
  const fromProvider = secretOf('/second-factor');
  const { continuation, methods, next } = pending ?? {
    continuation: fromProvider,
    methods: ['totp', 'passkey', 'recovery_code'],
    next: '/',
  };
  if (!continuation) return { title: 'Login', node: expired() };
  const recovering = query.has('recovery') || !methods.includes('totp');
  const typed = methods.includes(recovering ? 'recovery_code' : 'totp');
  const choice = el('div', {});
  const send = (proof) => finish({ continuation, ...proof }, { next, choice });
  const { element, input } = form({
    fields: [recovering ? RECOVERY_FIELD : CODE_FIELD],
    action: 'Continue',
    submit: ({ proof }) => send(proofOf(proof)),
    errorField: { wrong_code: 'proof' },
  });
  const node = el(
    'div',
    { class: 'narrow' },
    el('h1', {}, 'Second step'),
    typed && element,
    el('div', { class: 'actions' }, passkeyButton(methods, continuation, send), otherWay(methods, recovering)),
    choice,
  );
  return { title: 'Second step', node, focus: typed ? input('proof') : undefined };
}

async function finish(body, options) {
  try {
    await signIn('/users/login/second-factor', body, options);
  } catch (error) {
    if (error.code !== 'sign_in_expired') throw error;
    warn('That took too long. Log in again.');
    go('/login');
  }
}

function passkeyButton(methods, continuation, send) {
  if (!methods.includes('passkey') || !passkeysSupported()) return [];
  return button('Use a passkey', async () => {
    try {
      const { options } = await api('POST', '/users/login/second-factor/options', { continuation });
      await send({ credential: await usePasskey(options) });
    } catch (error) {
      if (!isCancelled(error)) throw error;
    }
  });
}

function otherWay(methods, recovering) {
  if (!methods.includes('totp') || !methods.includes('recovery_code')) return [];
  return recovering
    ? el('a', { href: '#/second-factor' }, 'Use a code from the app')
    : el('a', { href: '#/second-factor?recovery' }, 'Use a recovery code');
}

function expired() {
  const again = el('a', { href: '#/login', class: 'button' }, 'Log in');
  return el(
    'div',
    { class: 'narrow' },
    el('h1', {}, 'Log in again'),
    el('p', {}, 'This login was not finished in time.'),
    again,
  );
}
