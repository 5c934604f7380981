import { api } from '../api.js';
import { el } from '../dom.js';
import { form } from '../form.js';
import { go, say } from '../page.js';
import { providerLinks } from './providers.js';

export async function registerView() {
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
        hint: 'A few words in a row are strong and easy to keep in mind. Common passwords are refused.',
        autocomplete: 'new-password',
      },
    ],
    action: 'Register',
    submit: register,
    errorField: { username_taken: 'username' },
  });
  const login = el('p', { class: 'muted' }, 'Have an account? ', el('a', { href: '#/login' }, 'Log in'), '.');
  const node = el(
    'div',
    { class: 'narrow' },
    el('h1', {}, 'Create an account'),
    element,
    await providerLinks('/'),
    login,
  );
  return { title: 'Register', node, focus: input('username') };
}

/** Signing up does not sign in, so the login is next. */
async function register(credentials) {
  const { userName } = await api('POST', '/users/signup', credentials);
  say('Your account is ready. Log in to start writing.');
  go(`/login?username=${encodeURIComponent(userName)}`);
}
