import { api } from '../api.js';
import { el } from '../dom.js';
import { form } from '../form.js';
import { providerErrorText } from '../messages.js';
import { clearWarning, go } from '../page.js';
import { changing, signedIn } from '../session.js';
import { providerLinks } from './providers.js';
import { sessionChoice } from './session-choice.js';

export async function loginView({ query, user }) {
  const next = query.get('next') ?? '/';
  const choice = el('div', {});
  const { element, input } = form({
    fields: [
      {
        name: 'username',
        label: 'Username',
        value: query.get('username') ?? '',
        ...CREDENTIAL,
        autocomplete: 'username',
      },
      { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' },
      { name: 'rememberMe', label: 'Remember me on this device', type: 'checkbox', value: true },
    ],
    action: 'Login',
    submit: logIn,
  });

  async function logIn(credentials) {
    choice.replaceChildren();
    try {
      const answer = await changing(() => api('POST', '/users/login', credentials));
      clearWarning();
      go(next);
      signedIn(answer.User);
    } catch (error) {
      if (error.code !== 'session_limit_reached') throw error;
      choice.replaceChildren(sessionChoice(error.sessions, (endSession) => logIn({ ...credentials, endSession })));
      choice.querySelector('h2').focus();
    }
  }

  const why = next === '/' || user ? [] : [el('p', { class: 'muted' }, 'This page is for members. Log in to go on.')];
  const register = el('p', { class: 'muted' }, 'New here? ', el('a', { href: '#/register' }, 'Create an account'), '.');
  const problem =
    query.has('error') && el('p', { class: 'problem', role: 'alert' }, providerErrorText(query.get('error')));
  const providers = await providerLinks(next);
  const node = el(
    'div',
    { class: 'narrow' },
    el('h1', {}, 'Log in'),
    problem,
    why,
    element,
    choice,
    providers,
    register,
  );
  return { title: 'Login', node, focus: input(query.has('username') ? 'password' : 'username') };
}

const CREDENTIAL = { autocapitalize: 'none', spellcheck: 'false' };
