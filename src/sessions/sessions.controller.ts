import { Controller, Delete, Get, HttpCode, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CurrentSession } from '../auth/current-user.decorator.js';
import { SessionCookie } from './session.cookie.js';
import type { LiveSession } from './session.types.js';
import { sessionView, type SessionView } from './session.view.js';
import { SessionsService } from './sessions.service.js';

/** Where am I signed in, and how do I end that one? Every id here is a public one. */
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  async list(@CurrentSession() current: LiveSession): Promise<{ items: SessionView[] }> {
    const sessions = await this.sessions.list(current);
    return { items: sessions.map((session) => sessionView(session, current.publicId)) };
  }

  @Get('current')
  current(@CurrentSession() current: LiveSession): SessionView {
    return sessionView(current, current.publicId);
  }

  @Delete('others')
  async revokeOthers(@Req() request: Request): Promise<{ revoked: number }> {
    return { revoked: await this.sessions.revokeAll(request, { exceptCurrent: true }) };
  }

  @Delete()
  async revokeAll(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ revoked: number }> {
    const revoked = await this.sessions.revokeAll(request, { exceptCurrent: false });
    this.cookie.clear(response);
    return { revoked };
  }

  /** `current` stands for the own one's id, as it does in GET. */
  @HttpCode(204)
  @Delete(':id')
  async revoke(
    @Param('id') id: string,
    @CurrentSession() current: LiveSession,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const publicId = id === 'current' ? current.publicId : id;
    await this.sessions.revoke(request, publicId);
    if (publicId === current.publicId) this.cookie.clear(response);
  }
}
