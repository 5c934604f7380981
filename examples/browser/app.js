const API = new URLSearchParams(location.search).get('api') ?? 'http://localhost:3000';

/** Every call to the API: with the cookie, which the browser keeps and no script can read. */
async function call(method, path, body) {
  const response = await fetch(API + path, {
    method,
    credentials: 'include',
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = response.status === 204 ? undefined : await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.message), answer);
  return answer;
}

/** Shows who is signed in, or why nobody is. */
async function show() {
  try {
    const { userName, session } = await call('GET', '/users/me');
    report(`Signed in as ${userName} on ${session.device.label}`);
  } catch (error) {
    report(explain(error));
  }
}

/** fetch itself fails with a TypeError when the server is away, and when CORS keeps the answer from the page. */
function explain(error) {
  if (error instanceof TypeError) return `No answer to this page: is ${location.origin} in ALLOWED_ORIGINS?`;
  return `${error.code}: ${error.message}`;
}

const report = (text) => (document.querySelector('output').value = text);

/** Writes, then shows what has come of it. */
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
