export interface paths {
    "/.well-known/change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Go to the page where the password is changed
         * @description For password managers.
         */
        get: operations["changePassword_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ways to sign in that a client can offer, and what mail is used for */
        get: operations["signInMethods_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The providers that sign users in */
        get: operations["providers_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Start a sign-in by a provider
         * @description Redirects a browser to the provider; not for fetch. The callback must follow within ten minutes.
         */
        get: operations["providers_signIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/{provider}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The callback of a provider
         * @description Redirects to `returnTo` with a new session or, if the sign-in failed, to the web client with the reason as `error` in the fragment.
         */
        get: operations["providers_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/{provider}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start linking a provider to the account
         * @description Returns the URL to open in the browser. The callback must follow within ten minutes.
         */
        post: operations["providers_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/{provider}/reauthentication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a re-authentication by a provider
         * @description For accounts with neither a password nor a passkey. The provider asks the user to sign in again; the
         *     callback renews this session if the identity is linked to its account.
         */
        post: operations["providers_reauthenticate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document as a page to try it on */
        get: operations["docs_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Swagger UI assets */
        get: operations["docs_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/email-changes/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a change of the email address
         * @description Restores the email address that the link was mailed to and ends every session. The password is disabled
         *     until it is reset; a link for that is mailed to the restored address.
         */
        post: operations["emailChanges_undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process responds */
        get: operations["health_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process can serve requests: MongoDB responds, and Redis accepts writes if it stores the sessions */
        get: operations["health_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["openApi_document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a new password with the token of a link
         * @description Ends every session of the account and does not sign in. An account with a second factor needs one of
         *     `code`, `recoveryCode` and `credential` as well.
         */
        put: operations["passwordReset_reset"];
        /**
         * Request a link to reset a password
         * @description The response is the same whether the account exists or not. The link is mailed to the verified email
         *     address of the account; an account without one gets no mail.
         */
        post: operations["passwordReset_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-resets/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check the token of a link
         * @description Does not use up the token.
         */
        post: operations["passwordReset_status"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Posts, newest first */
        get: operations["posts_list"];
        put?: never;
        /** Publish a post */
        post: operations["posts_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One post */
        get: operations["posts_get"];
        put?: never;
        post?: never;
        /** Delete an own post */
        delete: operations["posts_remove"];
        options?: never;
        head?: never;
        /** Change an own post */
        patch: operations["posts_change"];
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Active sessions of the user, most recently used first */
        get: operations["sessions_list"];
        put?: never;
        post?: never;
        /** End all sessions, including the current one */
        delete: operations["sessions_revokeAll"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The session of this request */
        get: operations["sessions_current"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/current/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get notified when the session ends
         * @description Server-sent events: one event, `session_ended` with `{code, reason?}`, then the stream ends.
         */
        get: operations["sessionEvents_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/current/reauthentication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove again who you are
         * @description For actions that need a recent sign-in. The session gets a new id and new deadlines. Send the password, and if a
         *     second factor is on one of `code`, `recoveryCode` and `credential`; or a passkey as `credential` alone.
         */
        post: operations["reauthentication_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/current/reauthentication/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Options for a re-authentication by passkey
         * @description Send the assertion as `credential` to `POST /sessions/current/reauthentication`.
         */
        post: operations["passkeyFactor_reauthentication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End all other sessions */
        delete: operations["sessions_revokeOthers"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one session
         * @description Responds with 204 for unknown ids and ids of other users as well. `current` is the session of the request.
         */
        delete: operations["sessions_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Creates a session with a new id and revokes the session that the request came with. If a second factor is on, send its
         *     `code` too, or complete the sign-in with the `continuation` of `second_factor_required`.
         */
        post: operations["auth_logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/login/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in by passkey
         * @description Needs neither a username nor a second factor. `unknown_passkey`: the passkey is not registered; a client
         *     may report that to its password manager with `PublicKeyCredential.signalUnknownCredential()`.
         */
        post: operations["passkeySignIn_signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/login/passkey/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Options for a sign-in by passkey
         * @description Input of `PublicKeyCredential.parseRequestOptionsFromJSON()`. Valid for five minutes.
         */
        post: operations["passkeySignIn_options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/login/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a sign-in with a second factor
         * @description Send one of `code`, `recoveryCode` and `credential`. A wrong one leaves the continuation good.
         *     Responses 409 and 503 leave the code good as well: send the same request again.
         */
        post: operations["secondStep_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/login/second-factor/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Options for a passkey as the second factor of a sign-in
         * @description Send the assertion as `credential` to `POST /users/login/second-factor`.
         */
        post: operations["passkeyFactor_signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sign out, for old clients */
        get: operations["auth_logOutByGet"];
        put?: never;
        /**
         * Sign out
         * @description Responds in the same way without a session.
         */
        post: operations["auth_logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and by which session */
        get: operations["profile_get"];
        put?: never;
        post?: never;
        /** Delete the account, its sessions, posts and history for good */
        delete: operations["account_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The history of the account, newest first */
        get: operations["activity_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Request a change of the email address
         * @description Mails a code to the new address. A verified address stays in force until the code is typed; an
         *     unverified one is replaced at once. The response is the same if the new address belongs to another account.
         */
        put: operations["email_requestChange"];
        post?: never;
        /**
         * Remove the email address
         * @description A verified address stays reserved for EMAIL_CHANGE_UNDO, and its notice has a link to undo the removal.
         */
        delete: operations["email_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/email/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Verify the email address with its code
         * @description A code is void after five tries.
         */
        put: operations["email_verify"];
        /**
         * Mail a new code for the pending or unverified email address
         * @description Voids the previous code.
         */
        post: operations["email_requestCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sign-in methods of the account */
        get: operations["identities_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/identities/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Unlink a provider from the account
         * @description Also 204 if it is not linked. Sessions that it has signed in stay active.
         */
        delete: operations["identities_unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The passkeys of the account, oldest first */
        get: operations["passkeys_list"];
        put?: never;
        /** Add a passkey */
        post: operations["passkeys_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Options for a new passkey
         * @description Input of `PublicKeyCredential.parseCreationOptionsFromJSON()`. Valid for five minutes in this session.
         */
        post: operations["passkeys_options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/passkeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a passkey
         * @description Sessions that it signed in stay.
         */
        delete: operations["passkeys_remove"];
        options?: never;
        head?: never;
        /** Rename a passkey */
        patch: operations["passkeys_rename"];
        trace?: never;
    };
    "/users/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the password, or set the first one
         * @description Ends every other session and gives this one a new id. An account that has no password yet, because a
         *     provider signs in to it, leaves out `currentPassword` and needs a recent sign-in instead.
         */
        put: operations["password_change"];
        post?: never;
        /**
         * Remove the password
         * @description Needs a passkey or a linked provider to sign in with. Ends every other session and gives this one a new id.
         *     Also 204 when the account has no password.
         */
        delete: operations["password_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create new recovery codes
         * @description Voids the earlier ones.
         */
        post: operations["secondFactor_renewCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The second factors of the account */
        get: operations["secondFactor_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Turn the authenticator app on, with its first code
         * @description Replaces the app that was on. Ends every other session and gives this one a new id. Returns recovery codes
         *     where the account has none. The code cannot sign in afterwards.
         */
        put: operations["totp_enable"];
        /**
         * Begin to set up an authenticator app
         * @description Creates a secret that is pending for 15 minutes. The current one keeps working. 404 where
         *     `SECOND_FACTOR=off` or `DATA_KEYS` is not set.
         */
        post: operations["totp_begin"];
        /**
         * Turn the authenticator app off
         * @description Also 204 where it is not on. Recovery codes go with it, unless the account has a passkey.
         */
        delete: operations["totp_disable"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/protected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in */
        get: operations["auth_protected"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an account
         * @description Does not sign in. Where mail is on, a code that verifies `email` is mailed to it.
         */
        post: operations["signUp_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Activity: {
            /** Format: date-time */
            at: string;
            device: components["schemas"]["Device"];
            /**
             * @description Without a port; empty if the proxy gives no IP address.
             * @example 203.0.113.7
             */
            ip: string;
            /** Format: uuid */
            sessionId?: string;
            /** @enum {string} */
            type: "signed_in" | "sign_in_failed" | "signed_out" | "reauthenticated" | "reauthentication_failed" | "password_changed" | "password_removed" | "password_change_failed" | "session_revoked" | "session_evicted" | "identity_linked" | "identity_unlinked" | "account_disabled" | "account_enabled" | "password_reset" | "email_verified" | "email_change_requested" | "email_changed" | "email_removed" | "email_change_undone" | "second_factor_enabled" | "second_factor_disabled" | "second_factor_reset" | "second_factor_failed" | "second_factor_locked" | "recovery_code_used" | "recovery_codes_renewed" | "recovery_codes_low" | "passkey_added" | "passkey_removed" | "passkey_counter_fell" | "new_device";
        };
        AssertionCredential: {
            authenticatorAttachment?: string | null;
            /** @example {} */
            clientExtensionResults?: {
                [key: string]: unknown;
            };
            /** @example 3q2-7wAAAAAAAAAAAAAAAA */
            id: string;
            /** @example 3q2-7wAAAAAAAAAAAAAAAA */
            rawId: string;
            response: {
                /** @example SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ */
                authenticatorData: string;
                /** @example eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0 */
                clientDataJSON: string;
                /** @example MEUCIQDx */
                signature: string;
                userHandle?: string | null;
            };
            /** @enum {string} */
            type: "public-key";
        };
        AuthorizationUrl: {
            /**
             * Format: uri
             * @description The URL to open in the browser within ten minutes.
             * @example https://accounts.google.com/o/oauth2/v2/auth?response_type=code
             */
            location: string;
        };
        Device: {
            /**
             * @description A name to show to users.
             * @example Firefox on Linux
             */
            label: string;
            /**
             * @description The user agent of the sign-in.
             * @example Mozilla/5.0 … Firefox/140.0
             */
            userAgent: string;
        };
        EmailChangeRequested: {
            /**
             * Format: date-time
             * @description When the mailed code expires.
             */
            expiresAt: string;
            /** @example ada@example.com */
            pendingEmail: string;
        };
        EmailChangeUndone: {
            /** @example Email address restored */
            msg: string;
            /**
             * @description How many sessions were ended.
             * @example 2
             */
            revokedSessions: number;
        };
        EmailCodeSent: {
            /**
             * Format: date-time
             * @description When the mailed code expires.
             */
            expiresAt: string;
        };
        EmailVerified: {
            /** @example ada@example.com */
            email: string;
            /** @example true */
            emailVerified: boolean;
        };
        Error: {
            /**
             * @description For programs to switch on.
             * @enum {string}
             */
            code: "validation_failed" | "malformed_json" | "credentials_in_query" | "invalid_credential" | "invalid_token" | "invalid_credentials" | "unknown_passkey" | "second_factor_required" | "sign_in_expired" | "not_signed_in" | "session_invalid" | "session_idle_timeout" | "session_lifetime_exceeded" | "session_revoked" | "origin_not_allowed" | "https_required" | "reauthentication_required" | "wrong_password" | "code_required" | "wrong_code" | "second_factor_setup_required" | "email_not_verified" | "account_disabled" | "forbidden" | "not_found" | "method_not_allowed" | "username_taken" | "email_taken" | "session_limit_reached" | "nothing_to_verify" | "last_sign_in_method" | "passkey_exists" | "passkey_limit_reached" | "request_timeout" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "headers_too_large" | "internal_error" | "database_unavailable" | "overloaded" | "provider_unavailable" | "shutting_down";
            /** @description With `second_factor_required`: for POST /users/login/second-factor. */
            continuation?: string;
            /** Format: date-time */
            continuationExpiresAt?: string;
            /** @description The reason phrase of the status. */
            error: string;
            /** @description With `validation_failed`. */
            issues?: components["schemas"]["Issue"][];
            /** @description For developers; one code, one message. */
            message: string;
            /**
             * @description With `second_factor_required` and `code_required`: `totp`, `passkey`, `recovery_code`; with `reauthentication_required`: `password`, `passkey`, `provider`.
             * @example [
             *       "totp",
             *       "recovery_code"
             *     ]
             */
            methods?: string[];
            /** @description With `code_required`: WebAuthn request options, where `methods` has `passkey`. */
            options?: {
                [key: string]: unknown;
            };
            /**
             * @description With `session_revoked`.
             * @enum {string}
             */
            reason?: "logged_out" | "revoked" | "replaced" | "password_changed" | "second_factor_changed" | "password_reset" | "email_change_undone" | "account_disabled" | "account_deleted" | "evicted";
            /**
             * Format: uuid
             * @description Equals X-Request-Id and appears in the log lines of this request.
             */
            requestId: string;
            /** @description With `session_limit_reached`: choose one for `endSession`. */
            sessions?: components["schemas"]["Session"][];
            statusCode: number;
        };
        Identities: {
            /**
             * @description Whether a password signs in as well.
             * @example true
             */
            hasPassword: boolean;
            items: {
                /** Format: date-time */
                linkedAt: string;
                /**
                 * @description Its name in URLs.
                 * @example google
                 */
                provider: string;
            }[];
        };
        Issue: {
            /**
             * @example too_short
             * @enum {string}
             */
            code: "required" | "wrong_type" | "unknown_field" | "too_short" | "too_long" | "bad_characters" | "not_well_formed" | "common_password" | "equals_username" | "out_of_range";
            /**
             * @description With `too_short`, `too_long` and `out_of_range`: the bound that was missed.
             * @example 8
             */
            limit?: number;
            /** @example This value is too short. */
            message: string;
            /**
             * @description The field's name; empty for the whole.
             * @example password
             */
            path: string;
        };
        Passkey: {
            /**
             * @description Whether it is synced at present.
             * @example true
             */
            backedUp: boolean;
            /** Format: date-time */
            createdAt: string;
            /**
             * @description The credential id in base64url.
             * @example 3q2-7wAAAAAAAAAAAAAAAA
             */
            credentialId: string;
            /**
             * Format: uuid
             * @description The id in URLs.
             */
            id: string;
            /** Format: date-time */
            lastUsedAt?: string;
            /** @example Work laptop */
            name: string;
            /**
             * @description Whether the passkey can be synced between devices.
             * @example true
             */
            synced: boolean;
        };
        PasskeyCreation: {
            options: components["schemas"]["PasskeyCreationOptions"];
        };
        PasskeyCreationOptions: {
            /** @constant */
            attestation: "none";
            authenticatorSelection: {
                /** @example true */
                requireResidentKey: boolean;
                /** @constant */
                residentKey: "required";
                /** @constant */
                userVerification: "required";
            };
            /**
             * @description Valid for five minutes, once.
             * @example AZrQm1cAZm9vYmFy
             */
            challenge: string;
            excludeCredentials: {
                /**
                 * @description The credential id in base64url.
                 * @example 3q2-7wAAAAAAAAAAAAAAAA
                 */
                id: string;
                /**
                 * @example [
                 *       "internal"
                 *     ]
                 */
                transports: string[];
                /** @constant */
                type: "public-key";
            }[];
            extensions: {
                /** @example true */
                credProps: boolean;
            };
            pubKeyCredParams: {
                /** @example -7 */
                alg: number;
                /** @constant */
                type: "public-key";
            }[];
            rp: {
                /**
                 * @description The domain that passkeys are bound to.
                 * @example example.com
                 */
                id: string;
                /** @example Session Auth */
                name: string;
            };
            /**
             * @description Milliseconds.
             * @example 300000
             */
            timeout: number;
            user: {
                /** @example ada */
                displayName: string;
                /**
                 * @description 32 random bytes in base64url that name the account to authenticators.
                 * @example dGhlLXVzZXItaGFuZGxl
                 */
                id: string;
                /** @example ada */
                name: string;
            };
        };
        PasskeyRequest: {
            options: components["schemas"]["PasskeyRequestOptions"];
        };
        PasskeyRequestOptions: {
            allowCredentials: {
                /**
                 * @description The credential id in base64url.
                 * @example 3q2-7wAAAAAAAAAAAAAAAA
                 */
                id: string;
                /**
                 * @example [
                 *       "internal"
                 *     ]
                 */
                transports: string[];
                /** @constant */
                type: "public-key";
            }[];
            /**
             * @description Valid for five minutes, once.
             * @example AZrQm1cAZm9vYmFy
             */
            challenge: string;
            /**
             * @description The domain that passkeys are bound to.
             * @example example.com
             */
            rpId: string;
            /**
             * @description Milliseconds.
             * @example 300000
             */
            timeout: number;
            /** @constant */
            userVerification: "required";
        };
        /** @description What `PublicKeyCredential.signalAllAcceptedCredentials()` needs. */
        Passkeys: {
            items: components["schemas"]["Passkey"][];
            /**
             * @description The domain that passkeys are bound to.
             * @example example.com
             */
            rpId: string;
            /**
             * @description 32 random bytes in base64url that name the account to authenticators.
             * @example dGhlLXVzZXItaGFuZGxl
             */
            userHandle: string;
        };
        PasswordChanged: {
            /** @example Password changed */
            msg: string;
            /**
             * @description How many other sessions were ended.
             * @example 2
             */
            revokedSessions: number;
        };
        PasswordReset: {
            /** @example Password reset */
            msg: string;
            /**
             * @description How many sessions were ended.
             * @example 2
             */
            revokedSessions: number;
        };
        PasswordResetRequested: {
            /** @example If there is such an account, it gets a mail */
            msg: string;
        };
        PasswordResetStatus: {
            /** Format: date-time */
            expiresAt: string;
            /** @description Methods for the second factor that the reset needs; empty if it needs none. */
            secondFactor: ("totp" | "passkey" | "recovery_code")[];
            /** @example ada */
            userName: string;
        };
        Post: {
            author: components["schemas"]["User"];
            /** @example It weaves algebraical patterns. */
            content: string;
            /** Format: date-time */
            createdAt: string;
            /** @example 66f2a1b0c9d8e7f6a5b4c3d2 */
            id: string;
            /** @example On the engine */
            title: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Profile: {
            /** Format: date-time */
            createdAt: string;
            /** @example ada@example.com */
            email?: string;
            /**
             * @description false without an address.
             * @example true
             */
            emailVerified: boolean;
            /**
             * @description Replaces the verified `email` once its code has been typed.
             * @example ada@new.example
             */
            pendingEmail?: string;
            /**
             * @example [
             *       "user"
             *     ]
             */
            roles: string[];
            session: components["schemas"]["Session"];
            /** @example 64f0c3a9e13b5d0a4c8e9f21 */
            userId: string;
            /**
             * @description The canonical spelling.
             * @example ada
             */
            userName: string;
        };
        Providers: {
            items: {
                /**
                 * @description A name to show to users.
                 * @example Google
                 */
                label: string;
                /**
                 * @description Its name in URLs.
                 * @example google
                 */
                provider: string;
            }[];
        };
        Reauthenticated: {
            session: components["schemas"]["Session"];
        };
        RecoveryCodes: {
            /**
             * @description Shown this once; each works once.
             * @example [
             *       "7KQ2-M0DX-9TRW-4HCB-Z1YN-8GFE"
             *     ]
             */
            recoveryCodes: string[];
        };
        RegistrationCredential: {
            authenticatorAttachment?: string | null;
            /** @example {} */
            clientExtensionResults?: {
                [key: string]: unknown;
            };
            /** @example 3q2-7wAAAAAAAAAAAAAAAA */
            id: string;
            /** @example 3q2-7wAAAAAAAAAAAAAAAA */
            rawId: string;
            response: {
                /** @example o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YQ */
                attestationObject: string;
                /** @example eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0 */
                clientDataJSON: string;
                /**
                 * @example [
                 *       "internal",
                 *       "hybrid"
                 *     ]
                 */
                transports?: string[];
            };
            /** @enum {string} */
            type: "public-key";
        };
        Revoked: {
            /**
             * @description The number of revoked sessions.
             * @example 2
             */
            revoked: number;
        };
        SecondFactor: {
            /**
             * @description How many the account has.
             * @example 0
             */
            passkeys: number;
            recoveryCodes?: {
                /** Format: date-time */
                createdAt: string;
                /**
                 * @description How many are unused.
                 * @example 10
                 */
                left: number;
            };
            /**
             * @description Whether every account needs a second factor.
             * @example false
             */
            required: boolean;
            totp?: {
                /** Format: date-time */
                enabledAt: string;
            };
        };
        SecondStep: {
            User: components["schemas"]["User"];
            /** @example User logged in */
            msg: string;
            /**
             * @description Where a sign-in by a provider was to lead: a path.
             * @example /
             */
            returnTo?: string;
            session: components["schemas"]["Session"];
        };
        Session: {
            /**
             * @description Assurance level: 2 after a second factor or a passkey.
             * @example 1
             * @enum {integer}
             */
            aal: 1 | 2;
            /**
             * Format: date-time
             * @description When the session ends in any case.
             */
            absoluteExpiresAt: string;
            /**
             * @description How the user proved who they are, RFC 8176; `fed`: to a provider.
             * @example [
             *       "pwd"
             *     ]
             */
            amr: string[];
            /**
             * Format: date-time
             * @description When the user last proved who they are.
             */
            authenticatedAt: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * @description Whether this session sent the request.
             * @example true
             */
            current: boolean;
            device: components["schemas"]["Device"];
            /**
             * Format: uuid
             * @description The public id, used in URLs and lists. The cookie carries another id.
             */
            id: string;
            /**
             * Format: date-time
             * @description When the session ends if it is not used before.
             */
            idleExpiresAt: string;
            /**
             * @description Without a port; empty if the proxy gives no IP address.
             * @example 203.0.113.7
             */
            ip: string;
            /**
             * Format: date-time
             * @description Updated at most once per SESSION_TOUCH_INTERVAL.
             */
            lastSeenAt: string;
        };
        SignInMethods: {
            /**
             * @description Whether an account needs a verified address, and a sign-up an address.
             * @example true
             */
            emailRequired: boolean;
            /**
             * @description Whether email addresses can be verified.
             * @example true
             */
            emailVerification: boolean;
            /**
             * @description Whether passkeys sign in.
             * @example true
             */
            passkeys: boolean;
            /** @example true */
            password: boolean;
            /**
             * @description Whether a lost password can be reset by mail.
             * @example true
             */
            passwordReset: boolean;
            providers: {
                /**
                 * @description A name to show to users.
                 * @example Google
                 */
                label: string;
                /**
                 * @description Its name in URLs.
                 * @example google
                 */
                provider: string;
            }[];
            /**
             * @description Whether every account needs a second factor.
             * @example true
             */
            secondFactorRequired: boolean;
            /**
             * @description Whether accounts can turn on codes of an authenticator app.
             * @example true
             */
            totp: boolean;
        };
        SignedIn: {
            User: components["schemas"]["User"];
            /** @example User logged in */
            msg: string;
            session: components["schemas"]["Session"];
        };
        SignedOut: {
            /** @example The user session has ended */
            msg: string;
        };
        SignedUp: {
            /** @example User successfully registered */
            msg: string;
            /** @example 64f0c3a9e13b5d0a4c8e9f21 */
            userId: string;
            /**
             * @description The canonical spelling.
             * @example ada
             */
            userName: string;
        };
        TotpEnabled: {
            /**
             * @description Shown this once; each works once.
             * @example [
             *       "7KQ2-M0DX-9TRW-4HCB-Z1YN-8GFE"
             *     ]
             */
            recoveryCodes?: string[];
            /**
             * @description How many other sessions were ended.
             * @example 2
             */
            revokedSessions: number;
        };
        TotpKey: {
            /**
             * Format: date-time
             * @description The first code must be confirmed before.
             */
            expiresAt: string;
            /**
             * @description The URI as a QR code: SVG.
             * @example <svg xmlns="…"></svg>
             */
            qr: string;
            /**
             * @description Base32, to type.
             * @example JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
             */
            secret: string;
            /**
             * @description For an app on the same device.
             * @example otpauth://totp/Session%20Auth:ada?secret=…
             */
            uri: string;
        };
        User: {
            /** @example 64f0c3a9e13b5d0a4c8e9f21 */
            userId: string;
            /**
             * @description The canonical spelling.
             * @example ada
             */
            userName: string;
        };
    };
    responses: {
        /** @description `account_disabled`: This account is disabled. */
        account_disabled: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "account_disabled";
                    /** @enum {integer} */
                    statusCode?: 403;
                };
            };
        };
        /** @description `code_required`: This needs a second factor as well; see methods. */
        code_required: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "code_required";
                    /** @enum {integer} */
                    statusCode?: 403;
                };
            };
        };
        /** @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL. */
        credentials_in_query: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "credentials_in_query";
                    /** @enum {integer} */
                    statusCode?: 400;
                };
            };
        };
        /** @description `database_unavailable`: The database is unavailable right now. Try again shortly. */
        database_unavailable: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "database_unavailable";
                    /** @enum {integer} */
                    statusCode?: 503;
                };
            };
        };
        /** @description `email_not_verified`: This needs a verified email address. */
        email_not_verified: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "email_not_verified";
                    /** @enum {integer} */
                    statusCode?: 403;
                };
            };
        };
        /** @description `email_taken`: This email address belongs to another account. */
        email_taken: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "email_taken";
                    /** @enum {integer} */
                    statusCode?: 409;
                };
            };
        };
        /** @description `forbidden`: This is not allowed. */
        forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "forbidden";
                    /** @enum {integer} */
                    statusCode?: 403;
                };
            };
        };
        /** @description `headers_too_large`: The request headers are too large. Cookies may have grown too long. */
        headers_too_large: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "headers_too_large";
                    /** @enum {integer} */
                    statusCode?: 431;
                };
            };
        };
        /** @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies. */
        https_required: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "https_required";
                    /** @enum {integer} */
                    statusCode?: 403;
                };
            };
        };
        /** @description `internal_error`: Something went wrong on the server. */
        internal_error: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "internal_error";
                    /** @enum {integer} */
                    statusCode?: 500;
                };
            };
        };
        /** @description `invalid_credential`: The passkey could not be verified. Ask for new options and try again. */
        invalid_credential: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "invalid_credential";
                    /** @enum {integer} */
                    statusCode?: 400;
                };
            };
        };
        /** @description `invalid_credentials`: The username or the password is wrong. */
        invalid_credentials: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "invalid_credentials";
                    /** @enum {integer} */
                    statusCode?: 401;
                };
            };
        };
        /** @description `invalid_token`: The token is invalid: unknown, expired or used. */
        invalid_token: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "invalid_token";
                    /** @enum {integer} */
                    statusCode?: 400;
                };
            };
        };
        /** @description `last_sign_in_method`: This is the only way left to sign in to the account. */
        last_sign_in_method: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "last_sign_in_method";
                    /** @enum {integer} */
                    statusCode?: 409;
                };
            };
        };
        /** @description `malformed_json`: The request body is not valid JSON. */
        malformed_json: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "malformed_json";
                    /** @enum {integer} */
                    statusCode?: 400;
                };
            };
        };
        /** @description `method_not_allowed`: This method is not allowed for this resource; see the Allow header. */
        method_not_allowed: {
            headers: {
                Allow: components["headers"]["Allow"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "method_not_allowed";
                    /** @enum {integer} */
                    statusCode?: 405;
                };
            };
        };
        /** @description `not_found`: No such resource. */
        not_found: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "not_found";
                    /** @enum {integer} */
                    statusCode?: 404;
                };
            };
        };
        /** @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie. */
        not_signed_in: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "not_signed_in";
                    /** @enum {integer} */
                    statusCode?: 401;
                };
            };
        };
        /** @description `nothing_to_verify`: There is nothing to verify or to renew. */
        nothing_to_verify: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "nothing_to_verify";
                    /** @enum {integer} */
                    statusCode?: 409;
                };
            };
        };
        /** @description `origin_not_allowed`: Requests from this origin are not allowed. */
        origin_not_allowed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "origin_not_allowed";
                    /** @enum {integer} */
                    statusCode?: 403;
                };
            };
        };
        /** @description `overloaded`: The server is busy right now. Try again shortly. */
        overloaded: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "overloaded";
                    /** @enum {integer} */
                    statusCode?: 503;
                };
            };
        };
        /** @description `passkey_exists`: This passkey is registered already. */
        passkey_exists: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "passkey_exists";
                    /** @enum {integer} */
                    statusCode?: 409;
                };
            };
        };
        /** @description `passkey_limit_reached`: The account has as many passkeys as it may have. Remove one first. */
        passkey_limit_reached: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "passkey_limit_reached";
                    /** @enum {integer} */
                    statusCode?: 409;
                };
            };
        };
        /** @description `payload_too_large`: The request body is too large. */
        payload_too_large: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "payload_too_large";
                    /** @enum {integer} */
                    statusCode?: 413;
                };
            };
        };
        /** @description `provider_unavailable`: The sign-in provider is unavailable right now. Try again shortly. */
        provider_unavailable: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "provider_unavailable";
                    /** @enum {integer} */
                    statusCode?: 503;
                };
            };
        };
        /** @description `rate_limited`: Too many attempts. Wait as long as Retry-After says. */
        rate_limited: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "rate_limited";
                    /** @enum {integer} */
                    statusCode?: 429;
                };
            };
        };
        /** @description `reauthentication_required`: This needs a recent sign-in. Sign in again first; see methods. */
        reauthentication_required: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "reauthentication_required";
                    /** @enum {integer} */
                    statusCode?: 403;
                };
            };
        };
        /** @description `request_timeout`: The request did not arrive in time. */
        request_timeout: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "request_timeout";
                    /** @enum {integer} */
                    statusCode?: 408;
                };
            };
        };
        /** @description `second_factor_required`: The password is right. Complete the sign-in with a second factor; see methods and continuation. */
        second_factor_required: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "second_factor_required";
                    /** @enum {integer} */
                    statusCode?: 401;
                };
            };
        };
        /** @description `second_factor_setup_required`: This needs an account with a second factor. Set one up first. */
        second_factor_setup_required: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "second_factor_setup_required";
                    /** @enum {integer} */
                    statusCode?: 403;
                };
            };
        };
        /** @description `session_idle_timeout`: The session ended because it was not used for too long. */
        session_idle_timeout: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "session_idle_timeout";
                    /** @enum {integer} */
                    statusCode?: 401;
                };
            };
        };
        /** @description `session_invalid`: The session cookie is not valid. Sign in again. */
        session_invalid: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "session_invalid";
                    /** @enum {integer} */
                    statusCode?: 401;
                };
            };
        };
        /** @description `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again. */
        session_lifetime_exceeded: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "session_lifetime_exceeded";
                    /** @enum {integer} */
                    statusCode?: 401;
                };
            };
        };
        /** @description `session_limit_reached`: The account has reached its session limit. Pass the id of a session to end as endSession. */
        session_limit_reached: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "session_limit_reached";
                    /** @enum {integer} */
                    statusCode?: 409;
                };
            };
        };
        /** @description `session_revoked`: The session was ended; see reason. */
        session_revoked: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "session_revoked";
                    /** @enum {integer} */
                    statusCode?: 401;
                };
            };
        };
        /** @description `shutting_down`: The server is stopping. Try again shortly. */
        shutting_down: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "shutting_down";
                    /** @enum {integer} */
                    statusCode?: 503;
                };
            };
        };
        /** @description `sign_in_expired`: The sign-in took too long or is void. Start it again. */
        sign_in_expired: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "sign_in_expired";
                    /** @enum {integer} */
                    statusCode?: 401;
                };
            };
        };
        /** @description `unknown_passkey`: This passkey is not registered here. */
        unknown_passkey: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "unknown_passkey";
                    /** @enum {integer} */
                    statusCode?: 401;
                };
            };
        };
        /** @description `unsupported_media_type`: Request bodies must be application/json in UTF-8. */
        unsupported_media_type: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "unsupported_media_type";
                    /** @enum {integer} */
                    statusCode?: 415;
                };
            };
        };
        /** @description `username_taken`: This username is taken. */
        username_taken: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "username_taken";
                    /** @enum {integer} */
                    statusCode?: 409;
                };
            };
        };
        /** @description `validation_failed`: The request is not valid; see issues. */
        validation_failed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "validation_failed";
                    /** @enum {integer} */
                    statusCode?: 400;
                };
            };
        };
        /** @description `wrong_code`: The code is wrong, used or expired. */
        wrong_code: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "wrong_code";
                    /** @enum {integer} */
                    statusCode?: 403;
                };
            };
        };
        /** @description `wrong_password`: The current password is wrong. */
        wrong_password: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"] & {
                    /** @enum {string} */
                    code?: "wrong_password";
                    /** @enum {integer} */
                    statusCode?: 403;
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description The methods that the resource accepts. */
        Allow: string;
        /** @description URL of the created resource, or of the next page. */
        Location: string;
        /** @description Seconds to wait. */
        "Retry-After": number;
        /** @description HttpOnly and SameSite: the session cookie when it is new, lasts longer than before, or is to go; after a sign-in the device cookie; on the way to a provider one that knows the attempt. */
        "Set-Cookie": string;
        /** @description Identifies this request in the log. */
        "X-Request-Id": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    changePassword_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            403: components["responses"]["https_required"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
        };
    };
    signInMethods_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "emailRequired": true,
                     *       "emailVerification": true,
                     *       "passkeys": true,
                     *       "password": true,
                     *       "passwordReset": true,
                     *       "providers": [
                     *         {
                     *           "label": "Google",
                     *           "provider": "google"
                     *         }
                     *       ],
                     *       "secondFactorRequired": true,
                     *       "totp": true
                     *     }
                     */
                    "application/json": components["schemas"]["SignInMethods"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            403: components["responses"]["https_required"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
        };
    };
    providers_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "label": "Google",
                     *           "provider": "google"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Providers"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            403: components["responses"]["https_required"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
        };
    };
    providers_signIn: {
        parameters: {
            query?: {
                /** @description The path on this server to open afterwards. */
                returnTo?: string;
            };
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["provider_unavailable"];
        };
    };
    providers_callback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            /**
             * @description `database_unavailable`: The database is unavailable right now. Try again shortly.
             *
             *     `overloaded`: The server is busy right now. Try again shortly.
             *
             *     `provider_unavailable`: The sign-in provider is unavailable right now. Try again shortly.
             */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "overloaded" | "provider_unavailable";
                        /** @enum {integer} */
                        statusCode?: 503;
                    };
                };
            };
        };
    };
    providers_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "location": "https://accounts.google.com/o/oauth2/v2/auth?response_type=code"
                     *     }
                     */
                    "application/json": components["schemas"]["AuthorizationUrl"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `email_not_verified`: This needs a verified email address.
             *
             *     `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `reauthentication_required`: This needs a recent sign-in. Sign in again first; see methods.
             *
             *     `second_factor_setup_required`: This needs an account with a second factor. Set one up first.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "email_not_verified" | "https_required" | "origin_not_allowed" | "reauthentication_required" | "second_factor_setup_required";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            /**
             * @description `database_unavailable`: The database is unavailable right now. Try again shortly.
             *
             *     `provider_unavailable`: The sign-in provider is unavailable right now. Try again shortly.
             */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "provider_unavailable";
                        /** @enum {integer} */
                        statusCode?: 503;
                    };
                };
            };
        };
    };
    providers_reauthenticate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "location": "https://accounts.google.com/o/oauth2/v2/auth?response_type=code"
                     *     }
                     */
                    "application/json": components["schemas"]["AuthorizationUrl"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            /**
             * @description `database_unavailable`: The database is unavailable right now. Try again shortly.
             *
             *     `provider_unavailable`: The sign-in provider is unavailable right now. Try again shortly.
             */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "provider_unavailable";
                        /** @enum {integer} */
                        statusCode?: 503;
                    };
                };
            };
        };
    };
    docs_page: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            403: components["responses"]["https_required"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
        };
    };
    docs_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            403: components["responses"]["https_required"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
        };
    };
    emailChanges_undo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "the-token-of-the-link"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description The part of the mailed link after the #.
                     * @example the-token-of-the-link
                     */
                    token: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "msg": "Email address restored",
                     *       "revokedSessions": 2
                     *     }
                     */
                    "application/json": components["schemas"]["EmailChangeUndone"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `invalid_token`: The token is invalid: unknown, expired or used.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "invalid_token" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    health_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            403: components["responses"]["https_required"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
        };
    };
    health_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            403: components["responses"]["https_required"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            /**
             * @description `database_unavailable`: The database is unavailable right now. Try again shortly.
             *
             *     `shutting_down`: The server is stopping. Try again shortly.
             */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "shutting_down";
                        /** @enum {integer} */
                        statusCode?: 503;
                    };
                };
            };
        };
    };
    openApi_document: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "3.1.0"
                     *     }
                     */
                    "application/json": {
                        /** @example 3.1.0 */
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            403: components["responses"]["https_required"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
        };
    };
    passwordReset_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "123456",
                 *       "credential": {
                 *         "clientExtensionResults": {},
                 *         "id": "3q2-7wAAAAAAAAAAAAAAAA",
                 *         "rawId": "3q2-7wAAAAAAAAAAAAAAAA",
                 *         "response": {
                 *           "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ",
                 *           "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
                 *           "signature": "MEUCIQDx"
                 *         },
                 *         "type": "public-key"
                 *       },
                 *       "newPassword": "correct horse battery staple",
                 *       "token": "the-token-of-the-link"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Six digits from the authenticator app, if a second factor is on.
                     * @example 123456
                     */
                    code?: string;
                    credential?: components["schemas"]["AssertionCredential"];
                    /**
                     * @description PASSWORD_MIN_LENGTH to 256 code points; neither common nor the username.
                     * @example correct horse battery staple
                     */
                    newPassword: string;
                    recoveryCode?: string;
                    /**
                     * @description The part of the mailed link after the #.
                     * @example the-token-of-the-link
                     */
                    token: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "msg": "Password reset",
                     *       "revokedSessions": 2
                     *     }
                     */
                    "application/json": components["schemas"]["PasswordReset"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `invalid_token`: The token is invalid: unknown, expired or used.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "invalid_token" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `code_required`: This needs a second factor as well; see methods.
             *
             *     `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `wrong_code`: The code is wrong, used or expired.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "code_required" | "https_required" | "origin_not_allowed" | "wrong_code";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            /**
             * @description `database_unavailable`: The database is unavailable right now. Try again shortly.
             *
             *     `overloaded`: The server is busy right now. Try again shortly.
             */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "overloaded";
                        /** @enum {integer} */
                        statusCode?: 503;
                    };
                };
            };
        };
    };
    passwordReset_request: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "username": "Ada"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: email
                     * @description A verified email address, in place of `username`.
                     * @example ada@example.com
                     */
                    email?: string;
                    /**
                     * @description Any spelling with the same canonical form. Send this or `email`.
                     * @example Ada
                     */
                    username?: string;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "msg": "If there is such an account, it gets a mail"
                     *     }
                     */
                    "application/json": components["schemas"]["PasswordResetRequested"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    passwordReset_status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "the-token-of-the-link"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description The part of the mailed link after the #.
                     * @example the-token-of-the-link
                     */
                    token: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "expiresAt": "2026-11-24T09:30:00.000Z",
                     *       "secondFactor": [
                     *         "totp"
                     *       ],
                     *       "userName": "ada"
                     *     }
                     */
                    "application/json": components["schemas"]["PasswordResetStatus"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `invalid_token`: The token is invalid: unknown, expired or used.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "invalid_token" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    posts_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "author": {
                     *             "userId": "64f0c3a9e13b5d0a4c8e9f21",
                     *             "userName": "ada"
                     *           },
                     *           "content": "It weaves algebraical patterns.",
                     *           "createdAt": "2026-11-24T09:30:00.000Z",
                     *           "id": "66f2a1b0c9d8e7f6a5b4c3d2",
                     *           "title": "On the engine",
                     *           "updatedAt": "2026-11-24T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Post"][];
                        /** @description For the next page; absent on the last. */
                        nextCursor?: string;
                    };
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            403: components["responses"]["https_required"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            /**
             * @description `database_unavailable`: The database is unavailable right now. Try again shortly.
             *
             *     `overloaded`: The server is busy right now. Try again shortly.
             */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "overloaded";
                        /** @enum {integer} */
                        statusCode?: 503;
                    };
                };
            };
        };
    };
    posts_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": "It weaves algebraical patterns.",
                 *       "title": "On the engine"
                 *     }
                 */
                "application/json": {
                    /** @example It weaves algebraical patterns. */
                    content: string;
                    /**
                     * @description One line, not blank.
                     * @example On the engine
                     */
                    title: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "author": {
                     *         "userId": "64f0c3a9e13b5d0a4c8e9f21",
                     *         "userName": "ada"
                     *       },
                     *       "content": "It weaves algebraical patterns.",
                     *       "createdAt": "2026-11-24T09:30:00.000Z",
                     *       "id": "66f2a1b0c9d8e7f6a5b4c3d2",
                     *       "title": "On the engine",
                     *       "updatedAt": "2026-11-24T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Post"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `email_not_verified`: This needs a verified email address.
             *
             *     `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `second_factor_setup_required`: This needs an account with a second factor. Set one up first.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "email_not_verified" | "https_required" | "origin_not_allowed" | "second_factor_setup_required";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    posts_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "author": {
                     *         "userId": "64f0c3a9e13b5d0a4c8e9f21",
                     *         "userName": "ada"
                     *       },
                     *       "content": "It weaves algebraical patterns.",
                     *       "createdAt": "2026-11-24T09:30:00.000Z",
                     *       "id": "66f2a1b0c9d8e7f6a5b4c3d2",
                     *       "title": "On the engine",
                     *       "updatedAt": "2026-11-24T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Post"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            403: components["responses"]["https_required"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    posts_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `email_not_verified`: This needs a verified email address.
             *
             *     `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `second_factor_setup_required`: This needs an account with a second factor. Set one up first.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "email_not_verified" | "https_required" | "origin_not_allowed" | "second_factor_setup_required";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    posts_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": "It weaves algebraical patterns.",
                 *       "title": "On the engine"
                 *     }
                 */
                "application/json": {
                    /** @example It weaves algebraical patterns. */
                    content?: string;
                    /**
                     * @description One line, not blank.
                     * @example On the engine
                     */
                    title?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "author": {
                     *         "userId": "64f0c3a9e13b5d0a4c8e9f21",
                     *         "userName": "ada"
                     *       },
                     *       "content": "It weaves algebraical patterns.",
                     *       "createdAt": "2026-11-24T09:30:00.000Z",
                     *       "id": "66f2a1b0c9d8e7f6a5b4c3d2",
                     *       "title": "On the engine",
                     *       "updatedAt": "2026-11-24T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Post"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `email_not_verified`: This needs a verified email address.
             *
             *     `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `second_factor_setup_required`: This needs an account with a second factor. Set one up first.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "email_not_verified" | "https_required" | "origin_not_allowed" | "second_factor_setup_required";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    sessions_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "aal": 1,
                     *           "absoluteExpiresAt": "2026-11-24T09:30:00.000Z",
                     *           "amr": [
                     *             "pwd"
                     *           ],
                     *           "authenticatedAt": "2026-11-24T09:30:00.000Z",
                     *           "createdAt": "2026-11-24T09:30:00.000Z",
                     *           "current": true,
                     *           "device": {
                     *             "label": "Firefox on Linux",
                     *             "userAgent": "Mozilla/5.0 … Firefox/140.0"
                     *           },
                     *           "id": "5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55",
                     *           "idleExpiresAt": "2026-11-24T09:30:00.000Z",
                     *           "ip": "203.0.113.7",
                     *           "lastSeenAt": "2026-11-24T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Session"][];
                    };
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            403: components["responses"]["https_required"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    sessions_revokeAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "revoked": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Revoked"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    sessions_current: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "aal": 1,
                     *       "absoluteExpiresAt": "2026-11-24T09:30:00.000Z",
                     *       "amr": [
                     *         "pwd"
                     *       ],
                     *       "authenticatedAt": "2026-11-24T09:30:00.000Z",
                     *       "createdAt": "2026-11-24T09:30:00.000Z",
                     *       "current": true,
                     *       "device": {
                     *         "label": "Firefox on Linux",
                     *         "userAgent": "Mozilla/5.0 … Firefox/140.0"
                     *       },
                     *       "id": "5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55",
                     *       "idleExpiresAt": "2026-11-24T09:30:00.000Z",
                     *       "ip": "203.0.113.7",
                     *       "lastSeenAt": "2026-11-24T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            403: components["responses"]["https_required"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    sessionEvents_stream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            403: components["responses"]["https_required"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            /**
             * @description `database_unavailable`: The database is unavailable right now. Try again shortly.
             *
             *     `shutting_down`: The server is stopping. Try again shortly.
             */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "shutting_down";
                        /** @enum {integer} */
                        statusCode?: 503;
                    };
                };
            };
        };
    };
    reauthentication_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "123456",
                 *       "credential": {},
                 *       "password": "correct horse battery staple",
                 *       "recoveryCode": "7KQ2-M0DX-9TRW-4HCB-Z1YN-8GFE"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Six digits from the authenticator app, if a second factor is on.
                     * @example 123456
                     */
                    code?: string;
                    /** @description A passkey assertion: `PublicKeyCredential.toJSON()`. */
                    credential?: {
                        [key: string]: unknown;
                    };
                    /** @example correct horse battery staple */
                    password?: string;
                    /**
                     * @description Case and dashes do not matter.
                     * @example 7KQ2-M0DX-9TRW-4HCB-Z1YN-8GFE
                     */
                    recoveryCode?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "session": {
                     *         "aal": 1,
                     *         "absoluteExpiresAt": "2026-11-24T09:30:00.000Z",
                     *         "amr": [
                     *           "pwd"
                     *         ],
                     *         "authenticatedAt": "2026-11-24T09:30:00.000Z",
                     *         "createdAt": "2026-11-24T09:30:00.000Z",
                     *         "current": true,
                     *         "device": {
                     *           "label": "Firefox on Linux",
                     *           "userAgent": "Mozilla/5.0 … Firefox/140.0"
                     *         },
                     *         "id": "5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55",
                     *         "idleExpiresAt": "2026-11-24T09:30:00.000Z",
                     *         "ip": "203.0.113.7",
                     *         "lastSeenAt": "2026-11-24T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Reauthenticated"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `code_required`: This needs a second factor as well; see methods.
             *
             *     `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `wrong_code`: The code is wrong, used or expired.
             *
             *     `wrong_password`: The current password is wrong.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "code_required" | "https_required" | "origin_not_allowed" | "wrong_code" | "wrong_password";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            /**
             * @description `database_unavailable`: The database is unavailable right now. Try again shortly.
             *
             *     `overloaded`: The server is busy right now. Try again shortly.
             */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "overloaded";
                        /** @enum {integer} */
                        statusCode?: 503;
                    };
                };
            };
        };
    };
    passkeyFactor_reauthentication: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "options": {
                     *         "allowCredentials": [
                     *           {
                     *             "id": "3q2-7wAAAAAAAAAAAAAAAA",
                     *             "transports": [
                     *               "internal"
                     *             ],
                     *             "type": "public-key"
                     *           }
                     *         ],
                     *         "challenge": "AZrQm1cAZm9vYmFy",
                     *         "rpId": "example.com",
                     *         "timeout": 300000,
                     *         "userVerification": "required"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PasskeyRequest"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    sessions_revokeOthers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "revoked": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Revoked"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    sessions_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    auth_logIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "123456",
                 *       "email": "ada@example.com",
                 *       "endSession": "5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55",
                 *       "password": "correct horse battery staple",
                 *       "rememberMe": true,
                 *       "username": "Ada"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Six digits from the authenticator app, if a second factor is on.
                     * @example 123456
                     */
                    code?: string;
                    /**
                     * Format: email
                     * @description A verified email address, in place of `username`.
                     * @example ada@example.com
                     */
                    email?: string;
                    /**
                     * Format: uuid
                     * @description The id of a session of the user to revoke first, after `session_limit_reached`.
                     */
                    endSession?: string;
                    /** @example correct horse battery staple */
                    password: string;
                    /**
                     * @description false: shorter timeouts, and a cookie that ends with the browser session.
                     * @default true
                     */
                    rememberMe?: boolean;
                    /**
                     * @description Any spelling with the same canonical form. Send this or `email`.
                     * @example Ada
                     */
                    username?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "User": {
                     *         "userId": "64f0c3a9e13b5d0a4c8e9f21",
                     *         "userName": "ada"
                     *       },
                     *       "msg": "User logged in",
                     *       "session": {
                     *         "aal": 1,
                     *         "absoluteExpiresAt": "2026-11-24T09:30:00.000Z",
                     *         "amr": [
                     *           "pwd"
                     *         ],
                     *         "authenticatedAt": "2026-11-24T09:30:00.000Z",
                     *         "createdAt": "2026-11-24T09:30:00.000Z",
                     *         "current": true,
                     *         "device": {
                     *           "label": "Firefox on Linux",
                     *           "userAgent": "Mozilla/5.0 … Firefox/140.0"
                     *         },
                     *         "id": "5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55",
                     *         "idleExpiresAt": "2026-11-24T09:30:00.000Z",
                     *         "ip": "203.0.113.7",
                     *         "lastSeenAt": "2026-11-24T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `invalid_credentials`: The username or the password is wrong.
             *
             *     `second_factor_required`: The password is right. Complete the sign-in with a second factor; see methods and continuation.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "invalid_credentials" | "second_factor_required";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `account_disabled`: This account is disabled.
             *
             *     `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `wrong_code`: The code is wrong, used or expired.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "account_disabled" | "https_required" | "origin_not_allowed" | "wrong_code";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            409: components["responses"]["session_limit_reached"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            /**
             * @description `database_unavailable`: The database is unavailable right now. Try again shortly.
             *
             *     `overloaded`: The server is busy right now. Try again shortly.
             */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "overloaded";
                        /** @enum {integer} */
                        statusCode?: 503;
                    };
                };
            };
        };
    };
    passkeySignIn_signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "credential": {
                 *         "clientExtensionResults": {},
                 *         "id": "3q2-7wAAAAAAAAAAAAAAAA",
                 *         "rawId": "3q2-7wAAAAAAAAAAAAAAAA",
                 *         "response": {
                 *           "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ",
                 *           "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
                 *           "signature": "MEUCIQDx"
                 *         },
                 *         "type": "public-key"
                 *       },
                 *       "endSession": "5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55",
                 *       "rememberMe": true
                 *     }
                 */
                "application/json": {
                    credential: components["schemas"]["AssertionCredential"];
                    /** Format: uuid */
                    endSession?: string;
                    /** @default true */
                    rememberMe?: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "User": {
                     *         "userId": "64f0c3a9e13b5d0a4c8e9f21",
                     *         "userName": "ada"
                     *       },
                     *       "msg": "User logged in",
                     *       "session": {
                     *         "aal": 1,
                     *         "absoluteExpiresAt": "2026-11-24T09:30:00.000Z",
                     *         "amr": [
                     *           "pwd"
                     *         ],
                     *         "authenticatedAt": "2026-11-24T09:30:00.000Z",
                     *         "createdAt": "2026-11-24T09:30:00.000Z",
                     *         "current": true,
                     *         "device": {
                     *           "label": "Firefox on Linux",
                     *           "userAgent": "Mozilla/5.0 … Firefox/140.0"
                     *         },
                     *         "id": "5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55",
                     *         "idleExpiresAt": "2026-11-24T09:30:00.000Z",
                     *         "ip": "203.0.113.7",
                     *         "lastSeenAt": "2026-11-24T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `invalid_credentials`: The username or the password is wrong.
             *
             *     `unknown_passkey`: This passkey is not registered here.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "invalid_credentials" | "unknown_passkey";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `account_disabled`: This account is disabled.
             *
             *     `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "account_disabled" | "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            409: components["responses"]["session_limit_reached"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            /**
             * @description `database_unavailable`: The database is unavailable right now. Try again shortly.
             *
             *     `overloaded`: The server is busy right now. Try again shortly.
             */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "overloaded";
                        /** @enum {integer} */
                        statusCode?: 503;
                    };
                };
            };
        };
    };
    passkeySignIn_options: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "options": {
                     *         "allowCredentials": [
                     *           {
                     *             "id": "3q2-7wAAAAAAAAAAAAAAAA",
                     *             "transports": [
                     *               "internal"
                     *             ],
                     *             "type": "public-key"
                     *           }
                     *         ],
                     *         "challenge": "AZrQm1cAZm9vYmFy",
                     *         "rpId": "example.com",
                     *         "timeout": 300000,
                     *         "userVerification": "required"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PasskeyRequest"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
        };
    };
    secondStep_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "123456",
                 *       "continuation": "eyJ1c2VySWQiOiI2NGYwYzNhOWUxM2I1ZDBhNGM4ZTlmMjEifQ.c2lnbmF0dXJl",
                 *       "credential": {},
                 *       "endSession": "5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55",
                 *       "recoveryCode": "7KQ2-M0DX-9TRW-4HCB-Z1YN-8GFE"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Six digits from the authenticator app, if a second factor is on.
                     * @example 123456
                     */
                    code?: string;
                    /**
                     * @description From `second_factor_required`, or the fragment that a provider sign-in leads to.
                     * @example eyJ1c2VySWQiOiI2NGYwYzNhOWUxM2I1ZDBhNGM4ZTlmMjEifQ.c2lnbmF0dXJl
                     */
                    continuation: string;
                    /** @description A passkey assertion: `PublicKeyCredential.toJSON()`. */
                    credential?: {
                        [key: string]: unknown;
                    };
                    /**
                     * Format: uuid
                     * @description The id of a session of the user to revoke first, after `session_limit_reached`.
                     */
                    endSession?: string;
                    /**
                     * @description Case and dashes do not matter.
                     * @example 7KQ2-M0DX-9TRW-4HCB-Z1YN-8GFE
                     */
                    recoveryCode?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "User": {
                     *         "userId": "64f0c3a9e13b5d0a4c8e9f21",
                     *         "userName": "ada"
                     *       },
                     *       "msg": "User logged in",
                     *       "returnTo": "/",
                     *       "session": {
                     *         "aal": 1,
                     *         "absoluteExpiresAt": "2026-11-24T09:30:00.000Z",
                     *         "amr": [
                     *           "pwd"
                     *         ],
                     *         "authenticatedAt": "2026-11-24T09:30:00.000Z",
                     *         "createdAt": "2026-11-24T09:30:00.000Z",
                     *         "current": true,
                     *         "device": {
                     *           "label": "Firefox on Linux",
                     *           "userAgent": "Mozilla/5.0 … Firefox/140.0"
                     *         },
                     *         "id": "5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55",
                     *         "idleExpiresAt": "2026-11-24T09:30:00.000Z",
                     *         "ip": "203.0.113.7",
                     *         "lastSeenAt": "2026-11-24T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SecondStep"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `session_revoked`: The session was ended; see reason.
             *
             *     `sign_in_expired`: The sign-in took too long or is void. Start it again.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "session_revoked" | "sign_in_expired";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `account_disabled`: This account is disabled.
             *
             *     `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `wrong_code`: The code is wrong, used or expired.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "account_disabled" | "https_required" | "origin_not_allowed" | "wrong_code";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            409: components["responses"]["session_limit_reached"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            /**
             * @description `database_unavailable`: The database is unavailable right now. Try again shortly.
             *
             *     `overloaded`: The server is busy right now. Try again shortly.
             */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "overloaded";
                        /** @enum {integer} */
                        statusCode?: 503;
                    };
                };
            };
        };
    };
    passkeyFactor_signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "continuation": "eyJ1c2VySWQiOiI2NGYw.c2lnbmF0dXJl"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description From `second_factor_required`.
                     * @example eyJ1c2VySWQiOiI2NGYw.c2lnbmF0dXJl
                     */
                    continuation: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "options": {
                     *         "allowCredentials": [
                     *           {
                     *             "id": "3q2-7wAAAAAAAAAAAAAAAA",
                     *             "transports": [
                     *               "internal"
                     *             ],
                     *             "type": "public-key"
                     *           }
                     *         ],
                     *         "challenge": "AZrQm1cAZm9vYmFy",
                     *         "rpId": "example.com",
                     *         "timeout": 300000,
                     *         "userVerification": "required"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PasskeyRequest"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            401: components["responses"]["sign_in_expired"];
            /**
             * @description `account_disabled`: This account is disabled.
             *
             *     `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "account_disabled" | "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    auth_logOutByGet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "msg": "The user session has ended"
                     *     }
                     */
                    "application/json": components["schemas"]["SignedOut"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    auth_logOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "msg": "The user session has ended"
                     *     }
                     */
                    "application/json": components["schemas"]["SignedOut"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    profile_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "createdAt": "2026-11-24T09:30:00.000Z",
                     *       "email": "ada@example.com",
                     *       "emailVerified": true,
                     *       "pendingEmail": "ada@new.example",
                     *       "roles": [
                     *         "user"
                     *       ],
                     *       "session": {
                     *         "aal": 1,
                     *         "absoluteExpiresAt": "2026-11-24T09:30:00.000Z",
                     *         "amr": [
                     *           "pwd"
                     *         ],
                     *         "authenticatedAt": "2026-11-24T09:30:00.000Z",
                     *         "createdAt": "2026-11-24T09:30:00.000Z",
                     *         "current": true,
                     *         "device": {
                     *           "label": "Firefox on Linux",
                     *           "userAgent": "Mozilla/5.0 … Firefox/140.0"
                     *         },
                     *         "id": "5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55",
                     *         "idleExpiresAt": "2026-11-24T09:30:00.000Z",
                     *         "ip": "203.0.113.7",
                     *         "lastSeenAt": "2026-11-24T09:30:00.000Z"
                     *       },
                     *       "userId": "64f0c3a9e13b5d0a4c8e9f21",
                     *       "userName": "ada"
                     *     }
                     */
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            403: components["responses"]["https_required"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    account_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `reauthentication_required`: This needs a recent sign-in. Sign in again first; see methods.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed" | "reauthentication_required";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    activity_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "at": "2026-11-24T09:30:00.000Z",
                     *           "device": {
                     *             "label": "Firefox on Linux",
                     *             "userAgent": "Mozilla/5.0 … Firefox/140.0"
                     *           },
                     *           "ip": "203.0.113.7",
                     *           "sessionId": "5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55",
                     *           "type": "signed_in"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Activity"][];
                        /** @description For the next page; absent on the last. */
                        nextCursor?: string;
                    };
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            403: components["responses"]["https_required"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    email_requestChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: email
                     * @description The local part is ASCII; the domain may be internationalized. Surrounding spaces are removed.
                     * @example ada@example.com
                     */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "expiresAt": "2026-11-24T09:30:00.000Z",
                     *       "pendingEmail": "ada@example.com"
                     *     }
                     */
                    "application/json": components["schemas"]["EmailChangeRequested"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `reauthentication_required`: This needs a recent sign-in. Sign in again first; see methods.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed" | "reauthentication_required";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            409: components["responses"]["nothing_to_verify"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    email_remove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `reauthentication_required`: This needs a recent sign-in. Sign in again first; see methods.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed" | "reauthentication_required";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    email_verify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "7K3M-9QXZ"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Eight characters. Case and dashes are ignored, O is read as 0, I and L as 1.
                     * @example 7K3M-9QXZ
                     */
                    code: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "email": "ada@example.com",
                     *       "emailVerified": true
                     *     }
                     */
                    "application/json": components["schemas"]["EmailVerified"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `wrong_code`: The code is wrong, used or expired.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed" | "wrong_code";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            409: components["responses"]["email_taken"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    email_requestCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "expiresAt": "2026-11-24T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["EmailCodeSent"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            409: components["responses"]["nothing_to_verify"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    identities_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "hasPassword": true,
                     *       "items": [
                     *         {
                     *           "linkedAt": "2026-11-24T09:30:00.000Z",
                     *           "provider": "google"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Identities"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            403: components["responses"]["https_required"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    identities_unlink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `reauthentication_required`: This needs a recent sign-in. Sign in again first; see methods.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed" | "reauthentication_required";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            409: components["responses"]["last_sign_in_method"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    passkeys_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "backedUp": true,
                     *           "createdAt": "2026-11-24T09:30:00.000Z",
                     *           "credentialId": "3q2-7wAAAAAAAAAAAAAAAA",
                     *           "id": "5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55",
                     *           "lastUsedAt": "2026-11-24T09:30:00.000Z",
                     *           "name": "Work laptop",
                     *           "synced": true
                     *         }
                     *       ],
                     *       "rpId": "example.com",
                     *       "userHandle": "dGhlLXVzZXItaGFuZGxl"
                     *     }
                     */
                    "application/json": components["schemas"]["Passkeys"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            403: components["responses"]["https_required"];
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    passkeys_add: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "credential": {
                 *         "clientExtensionResults": {},
                 *         "id": "3q2-7wAAAAAAAAAAAAAAAA",
                 *         "rawId": "3q2-7wAAAAAAAAAAAAAAAA",
                 *         "response": {
                 *           "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YQ",
                 *           "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
                 *           "transports": [
                 *             "internal",
                 *             "hybrid"
                 *           ]
                 *         },
                 *         "type": "public-key"
                 *       },
                 *       "name": "Work laptop"
                 *     }
                 */
                "application/json": {
                    credential: components["schemas"]["RegistrationCredential"];
                    /**
                     * @description Defaults to the device, such as `Safari on iOS`.
                     * @example Work laptop
                     */
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "backedUp": true,
                     *       "createdAt": "2026-11-24T09:30:00.000Z",
                     *       "credentialId": "3q2-7wAAAAAAAAAAAAAAAA",
                     *       "id": "5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55",
                     *       "lastUsedAt": "2026-11-24T09:30:00.000Z",
                     *       "name": "Work laptop",
                     *       "synced": true
                     *     }
                     */
                    "application/json": components["schemas"]["Passkey"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `invalid_credential`: The passkey could not be verified. Ask for new options and try again.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "invalid_credential" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `reauthentication_required`: This needs a recent sign-in. Sign in again first; see methods.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed" | "reauthentication_required";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            /**
             * @description `passkey_exists`: This passkey is registered already.
             *
             *     `passkey_limit_reached`: The account has as many passkeys as it may have. Remove one first.
             */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "passkey_exists" | "passkey_limit_reached";
                        /** @enum {integer} */
                        statusCode?: 409;
                    };
                };
            };
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    passkeys_options: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "options": {
                     *         "attestation": "none",
                     *         "authenticatorSelection": {
                     *           "requireResidentKey": true,
                     *           "residentKey": "required",
                     *           "userVerification": "required"
                     *         },
                     *         "challenge": "AZrQm1cAZm9vYmFy",
                     *         "excludeCredentials": [
                     *           {
                     *             "id": "3q2-7wAAAAAAAAAAAAAAAA",
                     *             "transports": [
                     *               "internal"
                     *             ],
                     *             "type": "public-key"
                     *           }
                     *         ],
                     *         "extensions": {
                     *           "credProps": true
                     *         },
                     *         "pubKeyCredParams": [
                     *           {
                     *             "alg": -7,
                     *             "type": "public-key"
                     *           }
                     *         ],
                     *         "rp": {
                     *           "id": "example.com",
                     *           "name": "Session Auth"
                     *         },
                     *         "timeout": 300000,
                     *         "user": {
                     *           "displayName": "ada",
                     *           "id": "dGhlLXVzZXItaGFuZGxl",
                     *           "name": "ada"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PasskeyCreation"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `reauthentication_required`: This needs a recent sign-in. Sign in again first; see methods.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed" | "reauthentication_required";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    passkeys_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `reauthentication_required`: This needs a recent sign-in. Sign in again first; see methods.
             *
             *     `second_factor_setup_required`: This needs an account with a second factor. Set one up first.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed" | "reauthentication_required" | "second_factor_setup_required";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            409: components["responses"]["last_sign_in_method"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    passkeys_rename: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Work laptop"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description One line, not blank.
                     * @example Work laptop
                     */
                    name: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "backedUp": true,
                     *       "createdAt": "2026-11-24T09:30:00.000Z",
                     *       "credentialId": "3q2-7wAAAAAAAAAAAAAAAA",
                     *       "id": "5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55",
                     *       "lastUsedAt": "2026-11-24T09:30:00.000Z",
                     *       "name": "Work laptop",
                     *       "synced": true
                     *     }
                     */
                    "application/json": components["schemas"]["Passkey"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    password_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "correct horse battery staple",
                 *       "newPassword": "correct horse battery staple"
                 *     }
                 */
                "application/json": {
                    /** @example correct horse battery staple */
                    currentPassword?: string;
                    /**
                     * @description PASSWORD_MIN_LENGTH to 256 code points; neither common nor the username.
                     * @example correct horse battery staple
                     */
                    newPassword: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "msg": "Password changed",
                     *       "revokedSessions": 2
                     *     }
                     */
                    "application/json": components["schemas"]["PasswordChanged"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `reauthentication_required`: This needs a recent sign-in. Sign in again first; see methods.
             *
             *     `wrong_password`: The current password is wrong.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed" | "reauthentication_required" | "wrong_password";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            /**
             * @description `database_unavailable`: The database is unavailable right now. Try again shortly.
             *
             *     `overloaded`: The server is busy right now. Try again shortly.
             */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "overloaded";
                        /** @enum {integer} */
                        statusCode?: 503;
                    };
                };
            };
        };
    };
    password_remove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `reauthentication_required`: This needs a recent sign-in. Sign in again first; see methods.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed" | "reauthentication_required";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            409: components["responses"]["last_sign_in_method"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    secondFactor_renewCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "recoveryCodes": [
                     *         "7KQ2-M0DX-9TRW-4HCB-Z1YN-8GFE"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `reauthentication_required`: This needs a recent sign-in. Sign in again first; see methods.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed" | "reauthentication_required";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            409: components["responses"]["nothing_to_verify"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    secondFactor_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "passkeys": 0,
                     *       "recoveryCodes": {
                     *         "createdAt": "2026-11-24T09:30:00.000Z",
                     *         "left": 10
                     *       },
                     *       "required": false,
                     *       "totp": {
                     *         "enabledAt": "2026-11-24T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SecondFactor"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            403: components["responses"]["https_required"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    totp_enable: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "123456"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Six digits from the authenticator app, if a second factor is on.
                     * @example 123456
                     */
                    code: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "recoveryCodes": [
                     *         "7KQ2-M0DX-9TRW-4HCB-Z1YN-8GFE"
                     *       ],
                     *       "revokedSessions": 2
                     *     }
                     */
                    "application/json": components["schemas"]["TotpEnabled"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `wrong_code`: The code is wrong, used or expired.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed" | "wrong_code";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            409: components["responses"]["nothing_to_verify"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    totp_begin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "expiresAt": "2026-11-24T09:30:00.000Z",
                     *       "qr": "<svg xmlns=\"…\"></svg>",
                     *       "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                     *       "uri": "otpauth://totp/Session%20Auth:ada?secret=…"
                     *     }
                     */
                    "application/json": components["schemas"]["TotpKey"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `reauthentication_required`: This needs a recent sign-in. Sign in again first; see methods.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed" | "reauthentication_required";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            404: components["responses"]["not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    totp_disable: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             *
             *     `reauthentication_required`: This needs a recent sign-in. Sign in again first; see methods.
             *
             *     `second_factor_setup_required`: This needs an account with a second factor. Set one up first.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed" | "reauthentication_required" | "second_factor_setup_required";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    auth_protected: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "userId": "64f0c3a9e13b5d0a4c8e9f21",
                     *       "userName": "ada"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `not_signed_in`: This needs a signed-in session and the request carried no session cookie.
             *
             *     `session_idle_timeout`: The session ended because it was not used for too long.
             *
             *     `session_invalid`: The session cookie is not valid. Sign in again.
             *
             *     `session_lifetime_exceeded`: The session reached its maximum lifetime. Sign in again.
             *
             *     `session_revoked`: The session was ended; see reason.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "not_signed_in" | "session_idle_timeout" | "session_invalid" | "session_lifetime_exceeded" | "session_revoked";
                        /** @enum {integer} */
                        statusCode?: 401;
                    };
                };
            };
            403: components["responses"]["https_required"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["database_unavailable"];
        };
    };
    signUp_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "correct horse battery staple",
                 *       "username": "Ada"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: email
                     * @description The local part is ASCII; the domain may be internationalized. Surrounding spaces are removed.
                     * @example ada@example.com
                     */
                    email?: string;
                    /**
                     * @description PASSWORD_MIN_LENGTH to 256 code points; neither common nor the username.
                     * @example correct horse battery staple
                     */
                    password: string;
                    /**
                     * @description Letters of any script with their combining marks, digits and . _ @ + -; stored in lower case, NFKC.
                     * @example Ada
                     */
                    username: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "msg": "User successfully registered",
                     *       "userId": "64f0c3a9e13b5d0a4c8e9f21",
                     *       "userName": "ada"
                     *     }
                     */
                    "application/json": components["schemas"]["SignedUp"];
                };
            };
            /**
             * @description `credentials_in_query`: Credentials belong in the JSON body, never in the URL.
             *
             *     `malformed_json`: The request body is not valid JSON.
             *
             *     `validation_failed`: The request is not valid; see issues.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "credentials_in_query" | "malformed_json" | "validation_failed";
                        /** @enum {integer} */
                        statusCode?: 400;
                    };
                };
            };
            /**
             * @description `https_required`: HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.
             *
             *     `origin_not_allowed`: Requests from this origin are not allowed.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "https_required" | "origin_not_allowed";
                        /** @enum {integer} */
                        statusCode?: 403;
                    };
                };
            };
            409: components["responses"]["username_taken"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["rate_limited"];
            500: components["responses"]["internal_error"];
            /**
             * @description `database_unavailable`: The database is unavailable right now. Try again shortly.
             *
             *     `overloaded`: The server is busy right now. Try again shortly.
             */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "overloaded";
                        /** @enum {integer} */
                        statusCode?: 503;
                    };
                };
            };
        };
    };
}
