import { el, time } from '../dom.js';

export function byline({ author, createdAt, updatedAt }) {
  const edited = updatedAt === createdAt ? [] : [' · edited ', time(updatedAt)];
  return el('p', { class: 'byline' }, el('span', { class: 'author' }, author.userName), ' · ', time(createdAt), edited);
}
