import { createHash } from 'node:crypto';
import type { AppConfig } from '../../config/app.config.js';
import { escapeHtml, type MailContent } from '../mail-content.js';
import { mailSamples } from './mail-samples.js';
import type { KeptMail } from './mailbox.js';

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem; padding: 0 1rem; color-scheme: light dark; }
article, details { border-top: 1px solid #8888; padding: .5rem 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
summary { cursor: pointer; }
`;

/** The page has no scripts and loads nothing. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
].join('; ');

/** The mails that arrived, newest first, followed by a sample of every mail that the app can send. */
export function mailboxPage(mails: KeptMail[], config: AppConfig): string {
  const arrived = mails.map((mail) => `<article>${headOf(mail)}${bodyOf(mail)}</article>`);
  const samples = mailSamples(config).map(
    ([name, mail]) => `<details><summary>${escapeHtml(`${name}: ${mail.subject}`)}</summary>${bodyOf(mail)}</details>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Mailbox: ${escapeHtml(config.appName)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Mailbox</h1>
<p>Mails that this server would send. Programs read them at <a href="/dev/mail">/dev/mail</a>.</p>
${arrived.join('\n') || '<p>No mail has arrived yet.</p>'}
<h2>A sample of every mail</h2>
${samples.join('\n')}
</body>
</html>
`;
}

function headOf({ at, to, subject }: KeptMail): string {
  return `<h3>${escapeHtml(subject)}</h3><p>To ${escapeHtml(to)}, <time datetime="${at}">${at}</time></p>`;
}

function bodyOf({ text, html }: Pick<MailContent, 'text' | 'html'>): string {
  return `<pre>${withLinks(escapeHtml(text))}</pre><details><summary>As HTML</summary>${bodyElement(html)}</details>`;
}

function withLinks(escaped: string): string {
  return escaped.replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);
}

/** The mail's own markup, which mail-content.ts has escaped. */
function bodyElement(html: string): string {
  return /<body>(.*)<\/body>/s.exec(html)?.[1] ?? '';
}
