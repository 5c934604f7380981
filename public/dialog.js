import { el } from './dom.js';
import { form } from './form.js';

/**
 * Asks before something that cannot be undone; Escape and Cancel change nothing.
 * @param submit does it, called with the values of `fields`; what it throws is shown in the dialog, which stays open
 */
export function ask({ title, text, action, fields = [], submit, errorField }) {
  const heading = el('h2', { id: 'dialog-title' }, title);
  const cancel = el(
    'button',
    { type: 'button', autofocus: fields.length === 0, onclick: () => dialog.close() },
    'Cancel',
  );
  const confirm = form({ fields, action, errorField, extra: [cancel], submit: (values) => submit(values).then(close) });
  const dialog = el('dialog', { 'aria-labelledby': 'dialog-title', onclose: () => dialog.remove() });
  const close = () => dialog.close();
  confirm.element.classList.add('danger');
  dialog.append(heading, el('p', {}, text), confirm.element);
  document.body.append(dialog);
  dialog.showModal();
}
