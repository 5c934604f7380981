import { api } from '../api.js';
import { el } from '../dom.js';
import { form } from '../form.js';
import { go, say } from '../page.js';
import { signInMethods } from '../sign-in-methods.js';
import { providerLinks } from './providers.js';

export async function registerView() {
  const { emailVerification, emailRequired, providers } = await signInMethods();
  const { element, input } = form({
    fields: [
      {
        name: 'username',
        label: 'Username',
        hint: '3 to 64 letters or digits; . _ @ + - are fine too.',
        autocomplete: 'username',
        autocapitalize: 'none',
        spellcheck: 'false',
      },
      {
        name: 'password',
        label: 'Password',
        type: 'password',
        hint: 'A few words in a row are strong and easy to keep in mind. Common passwords are rejected.',
        autocomplete: 'new-password',
      },
      ...(emailVerification ? [{ ...EMAIL, required: emailRequired }] : []),
    ],
    action: 'Register',
    submit: ({ email, ...credentials }) => register({ ...credentials, ...(email && { email }) }),
    errorField: { username_taken: 'username' },
  });
  const login = el('p', { class: 'muted' }, 'Have an account? ', el('a', { href: '#/login' }, 'Log in'), '.');
  const node = el(
    'div',
    { class: 'narrow' },
    el('h1', {}, 'Create an account'),
    element,
    providerLinks(providers, '/'),
    login,
  );
  return { title: 'Register', node, focus: input('username') };
}

const EMAIL = {
  name: 'email',
  label: 'Email address',
  type: 'email',
  hint: 'For a lost password, and for notices about your account. A code is sent to it.',
  autocomplete: 'email',
};

/** Signing up does not sign in, so the login is next. */
async function register(credentials) {
  const { userName } = await api('POST', '/users/signup', credentials);
  say('Your account is ready. Log in to start writing.');
  go(`/login?username=${encodeURIComponent(userName)}`);
}
