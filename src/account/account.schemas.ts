import { z } from 'zod';
import { credential } from '../auth/auth.schemas.js';
import { newPassword } from '../users/users.schemas.js';

export const passwordChangeBody = z.strictObject({ currentPassword: credential, newPassword });

export type PasswordChangeBody = z.output<typeof passwordChangeBody>;
