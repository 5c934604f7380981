import { ApiError } from './api.js';
import { el } from './dom.js';
import { errorText } from './messages.js';

let lastId = 0;

/**
 * A form that shows errors beside their fields.
 * @param fields `{name, label, type?, value?, hint?, rows?, …}`; the rest become attributes of the control
 * @param submit called with the values by name; an ApiError with `issues` goes to the fields, any other above the button
 * @param errorField the fields of errors with these codes: `{wrong_password: 'currentPassword'}`
 */
export function form({ fields, action, submit, errorField = {}, extra = [] }) {
  const controls = new Map(fields.map((field) => [field.name, makeField(field)]));
  const problem = el('p', { class: 'problem', role: 'alert' });
  const send = el('button', { type: 'submit', class: 'primary' }, action);
  const parts = [...controls.values()].map(({ box }) => box);
  const element = el(
    'form',
    { method: 'post', novalidate: true, onsubmit },
    parts,
    problem,
    el('div', { class: 'actions' }, send, extra),
  );

  async function onsubmit(event) {
    event.preventDefault();
    if (send.ariaDisabled === 'true') return;
    clear();
    if (missing()) return;
    send.ariaDisabled = 'true';
    try {
      await submit(Object.fromEntries([...controls].map(([name, { read }]) => [name, read()])));
    } catch (error) {
      show(error);
    } finally {
      send.ariaDisabled = null;
    }
  }

  function clear() {
    problem.replaceChildren();
    for (const { complain } of controls.values()) complain('');
  }

  function missing() {
    const empty = [...controls.values()].filter(({ input }) => input.required && input.value === '');
    for (const { complain } of empty) complain('Please fill this in.');
    empty[0]?.input.focus();
    return empty.length > 0;
  }

  function show(error) {
    if (!(error instanceof ApiError)) reportError(error);
    const issues = error.issues ?? [{ path: errorField[error.code], message: errorText(error) }];
    const known = issues.filter(({ path }) => controls.has(path));
    const rest = issues.filter(({ path }) => !controls.has(path));
    for (const { path, message } of known) controls.get(path).complain(message);
    problem.replaceChildren(rest.map(({ message }) => message).join(' '));
    (known.length > 0 ? controls.get(known[0].path).input : send).focus();
  }

  return { element, input: (name) => controls.get(name).input, reset: () => element.reset() };
}

function makeField({ name, label, type = 'text', value = '', hint, rows, required = true, ...attributes }) {
  const id = `field-${(lastId += 1)}`;
  const checkbox = type === 'checkbox';
  const common = { id, name, required: required && !checkbox, ...attributes };
  const input = rows
    ? el('textarea', { ...common, rows })
    : el('input', { ...common, type, checked: checkbox && value });
  if (!checkbox) input.value = value;
  const error = el('p', { id: `${id}-error`, class: 'field-error' });
  const help = hint && el('p', { id: `${id}-hint`, class: 'hint' }, hint);
  const described = [`${id}-error`, help && `${id}-hint`].filter(Boolean).join(' ');
  input.setAttribute('aria-describedby', described);
  const title = el('label', { for: id }, label);
  const box = el(
    'div',
    { class: checkbox ? 'field check' : 'field' },
    checkbox ? [input, title] : [title, help, input],
    error,
  );

  function complain(text) {
    error.replaceChildren(text);
    input.ariaInvalid = text ? 'true' : null;
  }
  return { box, input, complain, read: () => (checkbox ? input.checked : input.value) };
}
