import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { ActiveSession, SignedInRequest } from './session.types.js';

const requestOf = (context: ExecutionContext): SignedInRequest => context.switchToHttp().getRequest<SignedInRequest>();

/** The signed-in user: `{userId, userName}`. */
export const CurrentUser = createParamDecorator(
  (_: unknown, context: ExecutionContext): Express.User => requestOf(context).user!,
);

/** The active session of the request, with the current record of its user as `user`. */
export const CurrentSession = createParamDecorator(
  (_: unknown, context: ExecutionContext): ActiveSession => requestOf(context).auth.session,
);
