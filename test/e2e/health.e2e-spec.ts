import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('health', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startTestApp()));
  afterAll(() => app.close());

  it.each(['/health/live', '/health/ready'])('is only a status, without the names of backends: %s', async (path) => {
    const { body } = await app.agent().get(path).expect(200);
    expect(body).toEqual({ status: 'ok' });
  });
});
