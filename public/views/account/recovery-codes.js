import { el } from '../../dom.js';
import { copyButton } from '../../page.js';

/** Shown once: the server keeps only their hashes. */
export function recoveryCodes(codes) {
  const text = codes.join('\n');
  const file = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }));
  const actions = [
    copyButton('Copy codes', text),
    el('a', { class: 'button', href: file, download: 'recovery-codes.txt' }, 'Download codes'),
  ];
  return el(
    'div',
    { class: 'recovery-codes' },
    el('h3', { tabindex: '-1' }, 'Your recovery codes'),
    el(
      'p',
      {},
      'Keep them where you find them without your phone. Each logs in once in place of a code. They are not shown again.',
    ),
    el(
      'ol',
      {},
      codes.map((code) => el('li', {}, el('code', {}, code))),
    ),
    el('div', { class: 'actions' }, actions),
  );
}
