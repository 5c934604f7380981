import { api } from '../api.js';
import { el } from '../dom.js';
import { form } from '../form.js';
import { secretOf } from '../link.js';
import { go, say } from '../page.js';

export const codeForm = (code, verified) =>
  form({
    fields: [
      {
        name: 'code',
        label: 'Code from the mail',
        value: code ?? '',
        autocomplete: 'one-time-code',
        autocapitalize: 'characters',
        spellcheck: 'false',
      },
    ],
    action: 'Verify',
    async submit({ code: typed }) {
      const { email } = await api('PUT', '/users/me/email/verification', { code: typed });
      say(`${email} is verified.`);
      await verified();
    },
    errorField: { wrong_code: 'code', email_taken: 'code' },
  });

/** Opened by the link in the mail: it only fills the code in, and only the account's own session can use it. */
export async function verifyEmailView() {
  const { element, input } = codeForm(secretOf('/verify-email'), async () => go('/account'));
  const node = el('div', { class: 'narrow' }, el('h1', {}, 'Verify your email address'), element);
  return { title: 'Verify email', node, focus: input('code') };
}
