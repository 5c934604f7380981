/** A second factor that is typed: a code of an authenticator app, or a recovery code. */

const CODE = /^[\d\s]{6,8}$/;

/** One field takes both: they cannot be mistaken for each other. */
export function proofField(methods) {
  const label = methods.includes('totp') ? 'Code from your authenticator app' : 'Recovery code';
  const hint = methods.includes('totp') && methods.includes('recovery_code') ? 'Or a recovery code.' : undefined;
  return {
    name: 'proof',
    label,
    hint,
    autocomplete: 'one-time-code',
    autocapitalize: 'characters',
    spellcheck: 'false',
  };
}

/** @returns `{code}`, `{recoveryCode}`, or nothing for an empty field */
export function proofOf(text = '') {
  if (text.trim() === '') return {};
  return CODE.test(text.trim()) ? { code: text.replaceAll(/\s/g, '') } : { recoveryCode: text.trim() };
}
