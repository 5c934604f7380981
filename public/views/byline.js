import { el, time } from '../dom.js';

export function byline({ author, createdAt, updatedAt }) {
  const edited = updatedAt === createdAt ? [] : [' · edited ', time(updatedAt)];
  const monogram = el('span', { class: 'monogram', 'aria-hidden': 'true' }, Array.from(author.userName)[0]);
  const name = el('span', { class: 'author' }, author.userName);
  return el('p', { class: 'byline' }, monogram, el('span', {}, name, ' · ', time(createdAt), edited));
}
