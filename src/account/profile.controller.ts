import { Controller, Get } from '@nestjs/common';
import { Operation } from '../http/operation.decorator.js';
import { CurrentSession } from '../sessions/current-user.decorator.js';
import type { ActiveSession } from '../sessions/session.types.js';
import { profileSchema, profileView, type ProfileView } from './profile.views.js';

@Controller('users/me')
export class ProfileController {
  @Operation({ summary: 'Who is signed in, and by which session', response: profileSchema })
  @Get()
  get(@CurrentSession() session: ActiveSession): ProfileView {
    return profileView(session);
  }
}
