import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import mongoose, { type Connection } from 'mongoose';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from './database.service.js';
import { databaseOptions } from './database.options.js';
import { RedisService } from './redis.service.js';

// A filter on a field that no schema knows is a mistake or an attack, never a wider search.
mongoose.set('strictQuery', 'throw');

@Global()
@Module({
  imports: [
    MongooseModule.forRootAsync({
      inject: [APP_CONFIG],
      useFactory: (config: AppConfig) => ({
        ...databaseOptions(config),
        connectionFactory: (connection: Connection) => {
          // Database awaits the first attempt; this keeps its failure from counting as unhandled until then.
          connection.asPromise().catch(() => undefined);
          return connection;
        },
      }),
    }),
  ],
  providers: [
    DatabaseService,
    {
      provide: RedisService,
      inject: [APP_CONFIG],
      // Imported where it is wanted only: the library takes its time to load.
      useFactory: async ({ redis }: AppConfig) => redis && new RedisService(await import('redis'), redis),
    },
  ],
  exports: [DatabaseService, RedisService],
})
export class DatabaseModule {}
