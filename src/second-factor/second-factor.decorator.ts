import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { SecondFactorGuard } from './second-factor.guard.js';

export const NEEDS_SECOND_FACTOR = 'second-factor:needed';

/** Opens a route, or all routes of a controller, only to sessions that were signed in with a second factor. */
export const SecondFactor = () => applyDecorators(SetMetadata(NEEDS_SECOND_FACTOR, true), UseGuards(SecondFactorGuard));
