import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { LimitsModule } from '../rate-limits/rate-limits.module.js';
import { HashQueue } from './hash-queue.service.js';
import { PASSWORD_HASHER_OPTIONS, PasswordHasher } from './password-hasher.service.js';
import { User, UserSchema } from './user.schema.js';
import { UserImport } from '../cli/import-tutorial/user-import.service.js';
import { UserIdentities } from '../identities/linked-identities.repository.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [LimitsModule, MongooseModule.forFeature([{ name: User.name, schema: UserSchema }])],
  controllers: [UsersController],
  providers: [
    HashQueue,
    UserIdentities,
    UserImport,
    UsersService,
    PasswordHasher,
    {
      provide: PASSWORD_HASHER_OPTIONS,
      inject: [APP_CONFIG],
      useFactory: ({ password }: AppConfig) => ({ cost: password.bcryptCost, peppers: password.peppers }),
    },
  ],
  exports: [UsersService, UserIdentities, PasswordHasher, HashQueue],
})
export class UsersModule {}
