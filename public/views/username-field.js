/** A read-only field: password managers store and fill the passwords of its form under this name. */
export function usernameField(userName) {
  return { name: 'username', label: 'Username', value: userName, autocomplete: 'username', readonly: true };
}
