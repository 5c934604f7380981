import { Global, Module } from '@nestjs/common';
import { OutboxAttempts } from './outbox-attempts.service.js';
import { OutboxRepository } from './outbox.repository.js';
import { OutboxService } from './outbox.service.js';
import { OutboxWorker } from './outbox-worker.service.js';

@Global()
@Module({
  providers: [OutboxAttempts, OutboxRepository, OutboxService, OutboxWorker],
  exports: [OutboxRepository, OutboxService],
})
export class OutboxModule {}
