const API = new URLSearchParams(location.search).get('api') ?? 'http://localhost:3000';

/** Calls the API with the session cookie, which the browser stores and scripts cannot read. */
async function call(method, path, body) {
  const response = await fetch(API + path, {
    method,
    credentials: 'include',
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const result = response.status === 204 ? undefined : await response.json();
  if (!response.ok) throw Object.assign(new Error(result.message), result);
  return result;
}

/** Shows the signed-in user, or why there is none. */
async function show() {
  try {
    const { userName, session } = await call('GET', '/users/me');
    report(`Signed in as ${userName} on ${session.device.label}`);
  } catch (error) {
    report(explain(error));
  }
}

/** fetch throws a TypeError if the server is unavailable, or if CORS blocks the response. */
function explain(error) {
  if (error instanceof TypeError) return `No response: is ${location.origin} in ALLOWED_ORIGINS?`;
  return `${error.code}: ${error.message}`;
}

const report = (text) => (document.querySelector('output').value = text);

/** Sends a write, then shows the result. */
async function act(method, path, body) {
  try {
    await call(method, path, body);
    await show();
  } catch (error) {
    report(explain(error));
  }
}

document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const { username, password } = Object.fromEntries(new FormData(event.target));
  void act('POST', '/users/login', { username, password });
});

document.querySelector('#sign-out').addEventListener('click', () => void act('POST', '/users/logout'));

await show();
