import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import { z } from 'zod';
import { Public } from '../http/public.decorator.js';
import { WithoutDatabase } from '../database/database-ready.guard.js';
import { Database } from '../database/database.service.js';
import { Redis } from '../database/redis.service.js';
import { AppError } from '../errors/app.error.js';
import { Operation } from '../http/operation.decorator.js';
import { ShutdownState } from '../shutdown/shutdown-state.service.js';

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
    private readonly database: Database,
    @Inject(Redis) private readonly redis: Redis | null,
    private readonly shutdown: ShutdownState,
  ) {}

  @Operation({ summary: 'Whether the process serves', answer: liveSchema })
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Operation({
    summary: 'Whether the database answers',
    answer: readySchema,
    errors: ['database_unavailable', 'shutting_down'],
  })
  @Get('ready')
  ready(): Promise<HealthCheckResult> {
    if (this.shutdown.stopping) throw new AppError('shutting_down');
    const ping = (name: string, asked: Pick<Database, 'ping'>) => () =>
      this.indicators
        .check(name)
        .attempt(() => asked.ping())
        .withTimeout(PING_LIMIT_MS);
    return this.health.check([ping('mongodb', this.database), ...(this.redis ? [ping('redis', this.redis)] : [])]);
  }
}
