import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SessionEvents } from './session-events.js';

@Controller('sessions/current/events')
export class SessionEventsController {
  constructor(private readonly events: SessionEvents) {}

  @Get()
  stream(@Req() request: Request, @Res() response: Response): void {
    this.events.open(request, response);
  }
}
