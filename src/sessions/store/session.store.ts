import { Store } from 'express-session';

/** The store that express-session is given: the one of MongoDB or of Redis, as SESSION_STORE says. */
export abstract class SessionStore extends Store {}
