import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import mongoose, { type Connection } from 'mongoose';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from './database.service.js';
import { databaseOptions } from './database.options.js';
import { IndexKeeperService } from './index-keeper.service.js';
import { RedisService } from './redis.service.js';

// Rejects a filter on an unknown field, a mistake or an attack: ignoring the field would widen the search.
mongoose.set('strictQuery', 'throw');

@Global()
@Module({
  imports: [
    MongooseModule.forRootAsync({
      inject: [APP_CONFIG],
      useFactory: (config: AppConfig) => ({
        ...databaseOptions(config),
        connectionFactory: (connection: Connection) => {
          // DatabaseService awaits the first attempt. Until then, this keeps a failure from counting as unhandled.
          connection.asPromise().catch(() => undefined);
          return connection;
        },
      }),
    }),
  ],
  providers: [
    DatabaseService,
    IndexKeeperService,
    {
      provide: RedisService,
      inject: [APP_CONFIG],
      // Imported only with SESSION_STORE=redis: the library is slow to load.
      useFactory: async ({ redis }: AppConfig) => redis && new RedisService(await import('redis'), redis),
    },
  ],
  exports: [DatabaseService, IndexKeeperService, RedisService],
})
export class DatabaseModule {}
