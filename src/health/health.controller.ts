import { Controller, Get } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import { Public } from '../auth/public.decorator.js';
import { WithoutDatabase } from '../database/database-ready.guard.js';
import { Database } from '../database/database.js';
import { AppError } from '../errors/app.error.js';
import { ShutdownState } from '../shutdown/shutdown.state.js';

const PING_LIMIT_MS = 1_000;

/** For load balancers and supervisors. Neither route loads a session. */
@Public()
@WithoutDatabase()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: Database,
    private readonly shutdown: ShutdownState,
  ) {}

  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  ready(): Promise<HealthCheckResult> {
    if (this.shutdown.stopping) throw new AppError('shutting_down');
    const ping = () =>
      this.indicators
        .check('mongodb')
        .attempt(() => this.database.ping())
        .withTimeout(PING_LIMIT_MS);
    return this.health.check([ping]);
  }
}
