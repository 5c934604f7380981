const EMAIL_ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** @returns `{email}` for what looks like an email address, `{username}` otherwise; a username may look like one, too */
export function identifierOf(text) {
  return EMAIL_ADDRESS.test(text.trim()) ? { email: text.trim() } : { username: text };
}
