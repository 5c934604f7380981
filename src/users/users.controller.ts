import { Controller, Get } from '@nestjs/common';
import { CurrentSession } from '../sessions/current-user.decorator.js';
import { Operation } from '../http/operation.decorator.js';
import type { ActiveSession } from '../sessions/session.types.js';
import { profileSchema, profileView, type ProfileView } from './users.views.js';

@Controller('users')
export class UsersController {
  @Operation({ summary: 'Who is signed in, and by which session', response: profileSchema })
  @Get('me')
  me(@CurrentSession() session: ActiveSession): ProfileView {
    return profileView(session);
  }
}
