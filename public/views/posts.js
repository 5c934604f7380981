import { api } from '../api.js';
import { el } from '../dom.js';
import { button } from '../page.js';
import { byline } from './byline.js';

const EXCERPT = 280;

export async function postsView({ user }) {
  const list = el('ul', { class: 'posts', 'aria-label': 'Posts' });
  const more = el('div', { class: 'more' });

  async function load(cursor) {
    const page = await api('GET', cursor ? `/posts?cursor=${encodeURIComponent(cursor)}` : '/posts');
    const items = page.items.map((post) => summary(post));
    list.append(...items);
    more.replaceChildren(...(page.nextCursor ? [button('Show older posts', () => loadMore(page.nextCursor))] : []));
    return items;
  }

  async function loadMore(cursor) {
    const [first] = await load(cursor);
    first?.querySelector('a').focus();
  }

  await load();
  const content = list.children.length > 0 ? [list, more] : [nothingYet(user)];
  return { title: 'Posts', node: el('div', {}, el('h1', {}, 'Latest posts'), intro(user), content) };
}

function intro(user) {
  if (user) return undefined;
  const register = el('a', { href: '#/register' }, 'Create an account');
  return el('p', { class: 'muted lead' }, 'Notes by everybody, newest first. ', register, ' to write your own.');
}

function nothingYet(user) {
  const write = el('a', { class: 'button', href: '#/posts/new' }, 'Write the first one');
  return el('section', { class: 'empty' }, el('p', { class: 'muted' }, 'There are no posts yet.'), user ? [write] : []);
}

function summary(post) {
  const short = Array.from(post.content).slice(0, EXCERPT).join('');
  const text = short === post.content ? short : `${short}…`;
  const title = el('h2', {}, el('a', { href: `#/posts/${post.id}`, dir: 'auto' }, post.title));
  return el(
    'li',
    {},
    el('article', { class: 'card' }, title, byline(post), el('p', { class: 'excerpt', dir: 'auto' }, text)),
  );
}
