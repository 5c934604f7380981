import { Controller, Delete, Get, HttpCode, Param, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { CurrentSession } from '../current-user.decorator.js';
import { Operation } from '../../http/operation.decorator.js';
import { SessionCookie } from '../session.cookie.js';
import type { ActiveSession, SignedInRequest } from '../session.types.js';
import { revokedSchema, sessionSchema, sessionView, type SessionView } from './session.views.js';
import { SessionsService } from './sessions.service.js';

/** The user's own sessions. All ids are public ids. */
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly cookie: SessionCookie,
  ) {}

  @Operation({
    summary: 'Active sessions of the user, most recently used first',
    response: z.strictObject({ items: z.array(sessionSchema) }),
  })
  @Get()
  async list(@CurrentSession() current: ActiveSession): Promise<{ items: SessionView[] }> {
    const sessions = await this.sessions.list(current);
    return { items: sessions.map((session) => sessionView(session, current.publicId)) };
  }

  @Operation({ summary: 'The session of this request', response: sessionSchema })
  @Get('current')
  current(@CurrentSession() current: ActiveSession): SessionView {
    return sessionView(current, current.publicId);
  }

  @Operation({ summary: 'End all other sessions', response: revokedSchema })
  @Delete('others')
  async revokeOthers(@Req() request: SignedInRequest): Promise<{ revoked: number }> {
    return { revoked: await this.sessions.revokeAll(request, { exceptCurrent: true }) };
  }

  @Operation({ summary: 'End all sessions, including the current one', response: revokedSchema })
  @Delete()
  async revokeAll(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ revoked: number }> {
    const revoked = await this.sessions.revokeAll(request, { exceptCurrent: false });
    this.cookie.clear(response);
    return { revoked };
  }

  /** `current` is an alias for the id of the current session, as in GET. */
  @Operation({
    summary: 'End one session',
    description:
      'Responds with 204 for unknown ids and ids of other users as well. `current` is the session of the request.',
  })
  @HttpCode(204)
  @Delete(':id')
  async revoke(
    @Param('id') id: string,
    @CurrentSession() current: ActiveSession,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    // UUIDs are case-insensitive (RFC 9562), and some clients send them in upper case.
    const publicId = id === 'current' ? current.publicId : id.toLowerCase();
    if (await this.sessions.revoke(request, publicId)) this.cookie.clear(response);
  }
}
