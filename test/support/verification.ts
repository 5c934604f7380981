import type { Test } from 'supertest';
import type TestAgent from 'supertest/lib/agent.js';
import { codeIn } from './mail-links.js';
import type { SmtpServer } from './smtp-server.js';

export const VERIFICATION = '/users/me/email/verification';

/** The next code that is mailed to the address. */
export async function codeFor(smtp: SmtpServer, email: string): Promise<string> {
  return codeIn(await smtp.mailTo(email, 'Verify'));
}

export function typeCode(agent: TestAgent, code: string): Test {
  return agent.put(VERIFICATION).send({ code });
}
