import type { Command } from 'commander';
import { validate } from '../../errors/zod-validation.pipe.js';
import { signupBody } from '../../users/users.schemas.js';
import { SignUpService } from '../../account/sign-up.service.js';
import { userView } from '../../users/users.views.js';
import { withApp } from '../app-context.js';
import { command, type Outcome } from '../command.js';
import { readNewPassword } from '../password-prompt.js';

export const userCreate = (): Command =>
  command('create', 'create an account; the password is asked for, or is the first line of stdin', create)
    .argument('<username>')
    .option('--email <address>');

async function create(username: string, { email }: { email?: string }): Promise<Outcome> {
  const password = await readNewPassword();
  const body = validate(signupBody, { username, password, ...(email && { email }) });
  const user = await withApp((app) => app.get(SignUpService, { strict: false }).signUp(body));
  const json = userView(user);
  return { lines: [`Created ${json.userName} (${json.userId}).`], json };
}
