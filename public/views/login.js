import { api } from '../api.js';
import { el } from '../dom.js';
import { form } from '../form.js';
import { identifierOf } from '../identifier.js';
import { providerErrorText } from '../messages.js';
import { button, warn } from '../page.js';
import { signInMethods } from '../sign-in-methods.js';
import { signIn } from '../sign-in.js';
import {
  isCancelled,
  NEEDS_HOST_NAME,
  onIpAddress,
  passkeysSupported,
  signalUnknown,
  usePasskey,
} from '../webauthn.js';
import { providerLinks } from './providers.js';

export async function loginView({ query, user }) {
  signingIn = false;
  const next = query.get('next') ?? '/';
  const methods = await signInMethods();
  const choice = el('div', {});
  const other = el('div', {});
  const { element, input } = form({
    fields: fields(methods, query.get('username')),
    action: 'Login',
    submit: ({ username, ...rest }) => withPassword(identifierOf(username), rest),
  });

  async function withPassword(identifier, rest) {
    other.replaceChildren();
    try {
      await signIn('/users/login', { ...identifier, ...rest }, { next, choice });
    } catch (error) {
      if (error.code === 'invalid_credentials' && identifier.email) other.append(asUsername(identifier.email, rest));
      throw error;
    }
  }

  /** A username may look like an address. */
  function asUsername(username, rest) {
    return button(`“${username}” is my username`, () => withPassword({ username }, rest), { class: 'quiet' });
  }

  const withPasskey = (credential) => {
    const rememberMe = input('rememberMe').checked;
    return signIn('/users/login/passkey', { credential, rememberMe }, { next, choice }).catch(
      forgetUnknown(credential),
    );
  };

  const why = next === '/' || user ? [] : [el('p', { class: 'muted' }, 'This page is for members. Log in to go on.')];
  const problem =
    query.has('error') && el('p', { class: 'problem', role: 'alert' }, providerErrorText(query.get('error')));
  const node = el(
    'div',
    { class: 'narrow' },
    el('h1', {}, 'Log in'),
    problem,
    why,
    element,
    other,
    choice,
    methods.passwordReset ? el('p', {}, el('a', { href: '#/forgot-password' }, 'Forgot password?')) : [],
    methods.passkeys ? passkeyParts(withPasskey) : [],
    providerLinks(methods.providers, next),
    el('p', { class: 'muted' }, 'New here? ', el('a', { href: '#/register' }, 'Create an account'), '.'),
  );
  return { title: 'Login', node, focus: input(query.has('username') ? 'password' : 'username') };
}

function fields({ passwordReset, passkeys }, username) {
  return [
    {
      name: 'username',
      label: passwordReset ? 'Username or email address' : 'Username',
      value: username ?? '',
      autocapitalize: 'none',
      spellcheck: 'false',
      autocomplete: passkeys ? 'username webauthn' : 'username',
    },
    { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' },
    { name: 'rememberMe', label: 'Remember me on this device', type: 'checkbox', value: true },
  ];
}

/** A button, and passkeys among what the browser suggests for the name. */
function passkeyParts(withPasskey) {
  if (!passkeysSupported()) {
    return onIpAddress ? el('p', { class: 'muted' }, NEEDS_HOST_NAME) : [];
  }
  const autofill = suggestPasskeys(withPasskey);
  return button('Sign in with a passkey', async () => {
    autofill.abort();
    await ask(withPasskey);
  });
}

/** @returns what ends the suggestions: a browser runs one request for a passkey at a time */
function suggestPasskeys(withPasskey) {
  const controller = new AbortController();
  window.addEventListener('hashchange', () => controller.abort(), { once: true });
  void PublicKeyCredential.isConditionalMediationAvailable?.().then(async (available) => {
    if (!available || controller.signal.aborted) return;
    await ask(withPasskey, { mediation: 'conditional', signal: controller.signal }).catch(({ message }) =>
      warn(message),
    );
  });
  return controller;
}

/** The suggestion and the button may both have a passkey ready: only the first one of a page logs in. */
let signingIn = false;

async function ask(withPasskey, how) {
  try {
    const { options } = await api('POST', '/users/login/passkey/options');
    const credential = await usePasskey(options, how);
    if (signingIn) return;
    signingIn = true;
    await withPasskey(credential);
  } catch (error) {
    signingIn = false;
    if (!isCancelled(error)) throw error;
  }
}

/** Lets the password manager remove a passkey that the account no longer has. */
const forgetUnknown = (credential) => async (error) => {
  if (error.code === 'unknown_passkey') await signalUnknown(location.hostname, credential.id);
  throw error;
};
