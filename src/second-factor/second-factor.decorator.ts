import { UseGuards } from '@nestjs/common';
import { SecondFactorGuard } from './second-factor.guard.js';

/** Restricts a route, or all routes of a controller, to sessions of `aal` 2. */
export const SecondFactor = () => UseGuards(SecondFactorGuard);
