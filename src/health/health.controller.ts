import { Controller, Get } from '@nestjs/common';
import { Public } from '../auth/public.decorator.js';
import { WithoutDatabase } from '../database/database-ready.guard.js';
import { Database } from '../database/database.js';
import { AppError } from '../errors/app.error.js';
import { ShutdownState } from '../shutdown/shutdown.state.js';

const PING_TIMEOUT_MS = 1_000;

/** For load balancers and supervisors. Neither route loads a session. */
@Public()
@WithoutDatabase()
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly shutdown: ShutdownState,
  ) {}

  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    if (this.shutdown.stopping) throw new AppError('shutting_down');
    if (!this.database.ready) throw new AppError('database_unavailable');
    await this.database.ping(PING_TIMEOUT_MS);
    return { status: 'ok' };
  }
}
