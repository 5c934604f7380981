import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { z } from 'zod';
import { Public } from '../http/public.decorator.js';
import { WithoutDatabase } from '../database/database-ready.guard.js';
import { DatabaseService } from '../database/database.service.js';
import { RedisService } from '../database/redis.service.js';
import { AppError } from '../errors/app.error.js';
import { Operation } from '../http/operation.decorator.js';
import { ShutdownStateService } from '../shutdown/shutdown-state.service.js';

const CHECK_TIMEOUT_MS = 1_000;

const statusSchema = z.strictObject({ status: z.literal('ok') });

/** For load balancers and supervisors. Neither route loads a session. */
@Public()
@WithoutDatabase()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: DatabaseService,
    @Inject(RedisService) private readonly redis: RedisService | null,
    private readonly shutdown: ShutdownStateService,
  ) {}

  @Operation({ summary: 'Whether the process responds', response: statusSchema })
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Operation({
    summary:
      'Whether the process can serve requests: MongoDB responds, and Redis accepts writes if it stores the sessions',
    response: statusSchema,
    errors: ['database_unavailable', 'shutting_down'],
  })
  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    if (this.shutdown.stopping) throw new AppError('shutting_down');
    const { database, redis } = this;
    const mongodb = this.indicator('mongodb', () => database.ping());
    await this.health.check([mongodb, ...(redis ? [this.indicator('redis', () => redis.checkWritable())] : [])]);
    // The response does not name the backends; the log has the details.
    return { status: 'ok' };
  }

  private indicator(name: string, check: () => Promise<void>) {
    return () => this.indicators.check(name).attempt(check).withTimeout(CHECK_TIMEOUT_MS);
  }
}
