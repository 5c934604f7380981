import { api } from '../api.js';
import { ask } from '../dialog.js';
import { el } from '../dom.js';
import { button, go, say } from '../page.js';
import { byline } from './byline.js';

export async function postView({ params, user }) {
  const post = await api('GET', `/posts/${params.id}`);
  const own = user?.userId === post.author.userId;
  const article = el(
    'article',
    { class: 'post' },
    el('h1', { dir: 'auto' }, post.title),
    byline(post),
    el('div', { class: 'content', dir: 'auto' }, post.content),
    own ? actions(post) : [],
  );
  return { title: post.title, node: el('div', {}, el('p', {}, el('a', { href: '#/' }, '← All posts')), article) };
}

function actions(post) {
  const edit = el('a', { class: 'button', href: `#/posts/${post.id}/edit` }, 'Edit');
  return el(
    'div',
    { class: 'actions' },
    edit,
    button('Delete', () => confirmDelete(post), { class: 'danger' }),
  );
}

function confirmDelete(post) {
  ask({
    title: 'Delete this post?',
    text: 'It cannot be brought back.',
    action: 'Delete post',
    async submit() {
      await api('DELETE', `/posts/${post.id}`);
      say('The post was deleted.');
      go('/');
    },
  });
}
