import { form } from '../form.js';
import { el } from '../dom.js';

/** The fields of a post, new or old. */
export function postForm({ title, content, action, cancelTo, submit }) {
  return form({
    fields: [
      { name: 'title', label: 'Title', value: title, autocomplete: 'off', dir: 'auto' },
      { name: 'content', label: 'Content', value: content, rows: 12, dir: 'auto' },
    ],
    action,
    submit,
    extra: [el('a', { class: 'button', href: `#${cancelTo}` }, 'Cancel')],
  });
}
