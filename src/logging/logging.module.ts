import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from './logger.js';
import { SecurityLoggerService } from './security-logger.service.js';

@Global()
@Module({})
export class LoggingModule {
  static with(logger: Logger): DynamicModule {
    return {
      module: LoggingModule,
      providers: [{ provide: LOGGER, useValue: logger }, SecurityLoggerService],
      exports: [LOGGER, SecurityLoggerService],
    };
  }
}
