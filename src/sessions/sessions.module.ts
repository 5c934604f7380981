import { Module, type Abstract, type Provider, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { UsersModule } from '../users/users.module.js';
import { MongoSessionReader } from './mongodb/mongo-session.reader.js';
import { MongoSessionStore } from './mongodb/mongo-session.store.js';
import { MongoSessionsRepository } from './mongodb/mongo-sessions.repository.js';
import { RedisSessionReader } from './redis/redis-session.reader.js';
import { RedisSessionStore } from './redis/redis-session.store.js';
import { RedisSessionsRepository } from './redis/redis-sessions.repository.js';
import { SessionCap } from './session-cap.js';
import { SessionTransaction } from './session-transaction.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';
import { SessionActivity } from './session-activity.js';
import { SessionCookie } from './session.cookie.js';
import { SessionLoader } from './session.loader.js';
import { SessionReader } from './session.reader.js';
import { SessionEvents } from './session-events.js';
import { SessionEventsController } from './session-events.controller.js';
import { SessionWatch } from './session-watch.js';
import { SessionStore } from './session.store.js';
import { SessionStoreRules } from './session-store-rules.js';
import { SessionsRepository } from './sessions.repository.js';

/** SESSION_STORE decides, once, at the start. */
const either = <T>(provide: Abstract<T>, inMongo: Type<T>, inRedis: Type<T>): Provider => ({
  provide,
  inject: [APP_CONFIG, ModuleRef],
  useFactory: ({ redis }: AppConfig, module: ModuleRef) => module.create(redis ? inRedis : inMongo),
});

@Module({
  imports: [UsersModule],
  controllers: [SessionsController, SessionEventsController],
  providers: [
    SessionActivity,
    SessionCap,
    SessionCookie,
    SessionLoader,
    either(SessionReader, MongoSessionReader, RedisSessionReader),
    either(SessionStore, MongoSessionStore, RedisSessionStore),
    either(SessionsRepository, MongoSessionsRepository, RedisSessionsRepository),
    SessionStoreRules,
    SessionEvents,
    SessionWatch,
    SessionTransaction,
    SessionsService,
  ],
  exports: [SessionActivity, SessionCap, SessionCookie, SessionLoader, SessionTransaction, SessionsRepository],
})
export class SessionsModule {}
