import { api } from '../api.js';
import { el } from '../dom.js';
import { form } from '../form.js';
import { button } from '../page.js';
import { identifierOf } from '../identifier.js';

export async function forgotPasswordView({ query }) {
  const done = el('div', { role: 'status' });
  const { element, input } = form({
    fields: [
      {
        name: 'identifier',
        label: 'Username or email address',
        value: query.get('username') ?? '',
        autocomplete: 'username',
        autocapitalize: 'none',
        spellcheck: 'false',
      },
    ],
    action: 'Send a link',
    submit: ({ identifier }) => request(identifierOf(identifier)),
    errorField: { validation_failed: 'identifier' },
  });

  async function request(identifier) {
    await api('POST', '/password-resets', identifier);
    const text =
      'If an account has this verified address, a mail with a link is on its way. Look into your spam folder as well.';
    done.replaceChildren(el('p', {}, text), ...otherReading(identifier));
  }

  /** A username may look like an address. */
  function otherReading({ email }) {
    if (!email) return [];
    return [button(`“${email}” is my username`, () => request({ username: email }), { class: 'quiet' })];
  }

  const node = el(
    'div',
    { class: 'narrow' },
    el('h1', {}, 'Forgot your password?'),
    el('p', { class: 'muted' }, 'A link to choose a new one goes to the verified email address of your account.'),
    element,
    done,
    el('p', { class: 'muted' }, el('a', { href: '#/login' }, 'Back to the login')),
  );
  return { title: 'Forgot password', node, focus: input('identifier') };
}
