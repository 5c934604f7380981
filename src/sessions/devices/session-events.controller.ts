import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Operation } from '../../http/operation.decorator.js';
import { SessionEventsService } from './session-events.service.js';
import type { SignedInRequest } from '../session.types.js';

@Controller('sessions/current/events')
export class SessionEventsController {
  constructor(private readonly events: SessionEventsService) {}

  @Operation({
    summary: 'Get notified when the session ends',
    description: 'Server-sent events: one event, `session_ended` with `{code, reason?}`, then the stream ends.',
    type: 'text/event-stream',
    errors: ['rate_limited', 'shutting_down'],
  })
  @Get()
  stream(@Req() request: SignedInRequest, @Res() response: Response): void {
    this.events.open(request, response);
  }
}
