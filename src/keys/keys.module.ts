import { Global, Module } from '@nestjs/common';
import { DataKeysService } from './data-keys.service.js';

@Global()
@Module({ providers: [DataKeysService], exports: [DataKeysService] })
export class KeysModule {}
