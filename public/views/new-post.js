import { api } from '../api.js';
import { el } from '../dom.js';
import { go, say } from '../page.js';
import { postForm } from './post-form.js';

/** Outlives the view, so that the text is not lost if the session ends meanwhile. */
let draft = {};

export function newPostView({ user }) {
  if (draft.userId !== user.userId) draft = { userId: user.userId, title: '', content: '' };
  const { element, input } = postForm({ ...draft, action: 'Publish', cancelTo: '/', submit: publish });
  element.addEventListener('input', ({ target }) => (draft[target.name] = target.value));
  const node = el('div', { class: 'narrow' }, el('h1', {}, 'Write a post'), element);
  return { title: 'New Post', node, focus: input('title') };
}

async function publish(values) {
  const post = await api('POST', '/posts', values);
  draft = {};
  say('Your post is published.');
  go(`/posts/${post.id}`);
}
