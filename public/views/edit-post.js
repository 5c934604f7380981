import { api } from '../api.js';
import { el } from '../dom.js';
import { go, say } from '../page.js';
import { postForm } from './post-form.js';

export async function editPostView({ params }) {
  const post = await api('GET', `/posts/${params.id}`);
  const address = `/posts/${post.id}`;
  const { element, input } = postForm({ ...post, action: 'Save changes', cancelTo: address, submit: save });
  const node = el('div', { class: 'narrow' }, el('h1', {}, 'Edit post'), element);
  return { title: 'Edit post', node, focus: input('title') };

  async function save(changes) {
    await api('PATCH', address, changes);
    say('Your changes are saved.');
    go(address);
  }
}
