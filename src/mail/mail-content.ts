/** A mail without its recipient. The subject never holds a secret: mail apps show it on locked screens. */
export interface MailContent {
  subject: string;
  text: string;
  html: string;
}

/** The names in every mail. */
export interface MailGreeting {
  appName: string;
  userName: string;
}

/** A paragraph, a link on a line of its own, a code to type, or a list of names with values. */
export type MailBlock = string | { link: string } | { code: string } | { facts: [name: string, value: string][] };

/** Makes both parts of a mail from the same blocks, so that they say the same. */
export function mailContent(subject: string, { appName, userName }: MailGreeting, blocks: MailBlock[]): MailContent {
  const all = [`Hello ${userName},`, ...blocks, appName];
  return {
    subject,
    text: `${all.map(textOf).join('\n\n')}\n`,
    html: htmlPage(subject, all.map(htmlOf).join('\n')),
  };
}

/** Every text in a mail or on the mailbox page is escaped by this function. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** `2026-11-29 22:31 UTC` */
export function utcTime(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function textOf(block: MailBlock): string {
  if (typeof block === 'string') return block;
  if ('link' in block) return block.link;
  if ('code' in block) return `    ${block.code}`;
  return block.facts.map(([name, value]) => `${name}: ${value}`).join('\n');
}

function htmlOf(block: MailBlock): string {
  if (typeof block === 'string') return `<p>${escapeHtml(block)}</p>`;
  if ('link' in block) return `<p><a href="${escapeHtml(block.link)}">${escapeHtml(block.link)}</a></p>`;
  if ('code' in block) return `<p><strong>${escapeHtml(block.code)}</strong></p>`;
  const lines = block.facts.map(([name, value]) => `${escapeHtml(name)}: ${escapeHtml(value)}`);
  return `<p>${lines.join('<br>\n')}</p>`;
}

function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body>
${body}
</body>
</html>
`;
}
