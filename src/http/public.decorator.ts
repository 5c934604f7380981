import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'auth:public';

/** Opens a route to callers who are not signed in. It reads no session. */
export const Public = () => SetMetadata(IS_PUBLIC, true);
