import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'auth:public';

/** Opens a route to clients that are not signed in. AuthenticatedGuard reads no session there. */
export const Public = () => SetMetadata(IS_PUBLIC, true);
