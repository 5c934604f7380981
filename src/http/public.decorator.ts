import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'auth:public';

/** Opens a route to callers who are not signed in. No session is read for it. */
export const Public = () => SetMetadata(IS_PUBLIC, true);
