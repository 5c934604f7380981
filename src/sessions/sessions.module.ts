import { Module } from '@nestjs/common';
import { SessionActivity } from './session.activity.js';
import { SessionCookie } from './session.cookie.js';
import { SessionLoader } from './session.loader.js';
import { SessionReader } from './session.reader.js';
import { SessionStore } from './session.store.js';
import { SessionsRepository } from './sessions.repository.js';

@Module({
  providers: [SessionActivity, SessionCookie, SessionLoader, SessionReader, SessionStore, SessionsRepository],
  exports: [SessionActivity, SessionCookie, SessionLoader, SessionsRepository],
})
export class SessionsModule {}
