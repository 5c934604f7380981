import { Module, type Abstract, type Provider, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { UsersModule } from '../users/users.module.js';
import { MongoSessionReader } from './store/mongodb/mongo-session.reader.js';
import { MongoSessionStore } from './store/mongodb/mongo-session.store.js';
import { MongoSessionsRepository } from './store/mongodb/mongo-sessions.repository.js';
import { RedisSessionReader } from './store/redis/redis-session.reader.js';
import { RedisSessionStore } from './store/redis/redis-session.store.js';
import { RedisSessionsRepository } from './store/redis/redis-sessions.repository.js';
import { SessionLimitService } from './policy/session-limit.service.js';
import { SessionTransactionService } from './store/session-transaction.service.js';
import { SessionsController } from './devices/sessions.controller.js';
import { SessionsService } from './devices/sessions.service.js';
import { SessionTouchService } from './policy/session-touch.service.js';
import { SessionCookie } from './session.cookie.js';
import { RecentSignInService } from './recent-sign-in.service.js';
import { SessionLoader } from './session.loader.js';
import { SessionReader } from './store/session.reader.js';
import { SessionEventsService } from './devices/session-events.service.js';
import { SessionEventsController } from './devices/session-events.controller.js';
import { RevocationFeedService } from './devices/revocation-feed.service.js';
import { SessionStore } from './store/session.store.js';
import { SessionStoreDelegate } from './store/session-store.delegate.js';
import { SessionsRepository } from './store/sessions.repository.js';

/** SESSION_STORE selects the implementation at the start. */
const either = <T>(provide: Abstract<T>, inMongo: Type<T>, inRedis: Type<T>): Provider => ({
  provide,
  inject: [APP_CONFIG, ModuleRef],
  useFactory: ({ redis }: AppConfig, module: ModuleRef) => module.create(redis ? inRedis : inMongo),
});

@Module({
  imports: [UsersModule],
  controllers: [SessionsController, SessionEventsController],
  providers: [
    RecentSignInService,
    SessionTouchService,
    SessionLimitService,
    SessionCookie,
    SessionLoader,
    either(SessionReader, MongoSessionReader, RedisSessionReader),
    either(SessionStore, MongoSessionStore, RedisSessionStore),
    either(SessionsRepository, MongoSessionsRepository, RedisSessionsRepository),
    SessionStoreDelegate,
    SessionEventsService,
    RevocationFeedService,
    SessionTransactionService,
    SessionsService,
  ],
  exports: [
    UsersModule,
    RecentSignInService,
    SessionTouchService,
    SessionLimitService,
    SessionCookie,
    SessionLoader,
    SessionTransactionService,
    SessionsRepository,
  ],
})
export class SessionsModule {}
