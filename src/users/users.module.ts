import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { AddressesRepository } from './addresses.repository.js';
import { HashQueueService } from './hash-queue.service.js';
import { PASSWORD_HASHER_OPTIONS, PasswordHasherService } from './password-hasher.service.js';
import { ReauthenticationMethodsService } from './reauthentication-methods.service.js';
import { User, UserSchema } from './user.schema.js';
import { SignInMethodsRepository } from './sign-in-methods.repository.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [RateLimitsModule, MongooseModule.forFeature([{ name: User.name, schema: UserSchema }])],
  providers: [
    AddressesRepository,
    HashQueueService,
    SignInMethodsRepository,
    ReauthenticationMethodsService,
    UsersService,
    PasswordHasherService,
    {
      provide: PASSWORD_HASHER_OPTIONS,
      inject: [APP_CONFIG],
      useFactory: ({ password }: AppConfig) => ({ cost: password.bcryptCost, peppers: password.peppers }),
    },
  ],
  exports: [
    ReauthenticationMethodsService,
    AddressesRepository,
    UsersService,
    SignInMethodsRepository,
    PasswordHasherService,
    HashQueueService,
  ],
})
export class UsersModule {}
