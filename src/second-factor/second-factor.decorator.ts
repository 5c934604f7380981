import { UseGuards } from '@nestjs/common';
import { SecondFactorGuard } from './second-factor.guard.js';

/** Opens a route, or all routes of a controller, only to sessions that were signed in with a second factor. */
export const SecondFactor = () => UseGuards(SecondFactorGuard);
