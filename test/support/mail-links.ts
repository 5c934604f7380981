import type { ArrivedMail } from './smtp-server.js';

/** The code in a mail. @throws if there is none */
export function codeIn({ text = '' }: ArrivedMail): string {
  const [, code] = /^\s*([0-9A-Z]{4}-[0-9A-Z]{4})\s*$/m.exec(text) ?? [];
  if (!code) throw new Error('the mail tells no code');
  return code;
}

/** The token of the link to this page of the client. @throws if there is no such link */
export function tokenIn({ text = '' }: ArrivedMail, page: 'reset-password' | 'undo-email-change'): string {
  const [, token] = new RegExp(`https://app\\.example\\.com/${page}#([\\w-]{43})(?!\\S)`).exec(text) ?? [];
  if (!token) throw new Error(`the mail has no link to ${page}`);
  return token;
}

export const hasLink = ({ text = '' }: ArrivedMail, page: string): boolean => text.includes(`/${page}#`);
