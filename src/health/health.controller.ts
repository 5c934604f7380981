import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import { z } from 'zod';
import { Public } from '../http/public.decorator.js';
import { WithoutDatabase } from '../database/database-ready.guard.js';
import { DatabaseService } from '../database/database.service.js';
import { RedisService } from '../database/redis.service.js';
import { AppError } from '../errors/app.error.js';
import { Operation } from '../http/operation.decorator.js';
import { ShutdownStateService } from '../shutdown/shutdown-state.service.js';

const PING_LIMIT_MS = 1_000;

const liveSchema = z.strictObject({ status: z.literal('ok') });
const readySchema = z
  .looseObject({ status: z.enum(['ok', 'error', 'degraded', 'shutting_down']) })
  .meta({ description: 'With what @nestjs/terminus reports of each check.' });

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

  @Operation({ summary: 'Whether the process serves', response: liveSchema })
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Operation({
    summary: 'Whether the database answers',
    response: readySchema,
    errors: ['database_unavailable', 'shutting_down'],
  })
  @Get('ready')
  ready(): Promise<HealthCheckResult> {
    if (this.shutdown.stopping) throw new AppError('shutting_down');
    const ping = (name: string, asked: Pick<DatabaseService, 'ping'>) => () =>
      this.indicators
        .check(name)
        .attempt(() => asked.ping())
        .withTimeout(PING_LIMIT_MS);
    return this.health.check([ping('mongodb', this.database), ...(this.redis ? [ping('redis', this.redis)] : [])]);
  }
}
