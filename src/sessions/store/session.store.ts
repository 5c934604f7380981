import { Store } from 'express-session';

/** The store of express-session: MongoDB or Redis, by SESSION_STORE. */
export abstract class SessionStore extends Store {}
