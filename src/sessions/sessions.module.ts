import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { SessionCap } from './session-cap.js';
import { SessionTransaction } from './session-transaction.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';
import { SessionActivity } from './session.activity.js';
import { SessionCookie } from './session.cookie.js';
import { SessionLoader } from './session.loader.js';
import { SessionReader } from './session.reader.js';
import { SessionEvents } from './session-events.js';
import { SessionEventsController } from './session-events.controller.js';
import { SessionWatch } from './session-watch.js';
import { SessionStore } from './session.store.js';
import { SessionsRepository } from './sessions.repository.js';

@Module({
  imports: [UsersModule],
  controllers: [SessionsController, SessionEventsController],
  providers: [
    SessionActivity,
    SessionCap,
    SessionCookie,
    SessionLoader,
    SessionReader,
    SessionStore,
    SessionEvents,
    SessionWatch,
    SessionTransaction,
    SessionsRepository,
    SessionsService,
  ],
  exports: [SessionActivity, SessionCap, SessionCookie, SessionLoader, SessionTransaction, SessionsRepository],
})
export class SessionsModule {}
