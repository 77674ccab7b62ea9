import { z } from "zod";
import { KeyId, MemberId, ProjectId, SessionId, WorkspaceId } from "../ids.ts";
import { Instant, page, pageQuery } from "../paging.ts";
import { defineRoute, roles, scopes } from "../route.ts";
import { cleanText, line } from "../text.ts";
import { Availability } from "./availability.ts";

const Role = z.enum(roles).meta({ id: "Role" });
const ProjectRole = z.enum(["operator", "supervisor", "admin"]);
export const Locale = z.enum(["ru", "en"]).meta({ id: "Locale" });
export type Locale = z.infer<typeof Locale>;

const Email = z
  .email()
  .max(254)
  .overwrite((value) => value.normalize("NFC").toLowerCase())
  .meta({ personal: true });
/** NIST SP 800-63B: length counts, composition rules do not. */
const Password = z.string().min(10).max(200).meta({ personal: true });
const OneTimeToken = z.string().min(20).max(120).meta({ personal: true });

export const Grant = z.object({ project: ProjectId, role: ProjectRole }).meta({ id: "Grant" });

export const Member = z
  .object({
    id: MemberId,
    name: z.string(),
    email: z.string().meta({ personal: true }),
    owner: z.boolean(),
    grants: z.array(Grant),
    status: z.enum(["invited", "active", "disabled"]),
    availability: Availability.describe("What the member has chosen for colleagues to see"),
    createdAt: Instant,
    lastSeenAt: Instant.nullable(),
  })
  .meta({ id: "Member" });
export type Member = z.infer<typeof Member>;

export const Preferences = z
  .object({
    locale: Locale,
    theme: z.enum(["system", "light", "dark"]),
    density: z.enum(["comfortable", "compact"]),
    undoSendSeconds: z
      .literal([0, 5, 10, 30])
      .describe("How long a reply can be taken back before the customer sees it"),
    signature: z
      .string()
      .max(1_000)
      .refine((text) => !text.includes("\u0000"), { error: "contains a NUL character" })
      .overwrite(cleanText)
      .describe("Plain text, put under a reply by a command"),
  })
  .meta({ id: "Preferences" });
export type Preferences = z.infer<typeof Preferences>;

export const Me = z
  .object({
    workspace: z.object({ id: WorkspaceId, name: z.string() }),
    member: Member,
    preferences: Preferences,
    session: SessionId,
    demo: z.boolean(),
  })
  .meta({ id: "Me" });
export type Me = z.infer<typeof Me>;

export const Session = z
  .object({
    id: SessionId,
    current: z.boolean(),
    userAgent: z.string(),
    address: z.string().meta({ personal: true }),
    createdAt: Instant,
    lastSeenAt: Instant,
    expiresAt: Instant,
  })
  .meta({ id: "Session" });
export type Session = z.infer<typeof Session>;

const session = { access: { by: "session" }, rate: "write" } as const;

export const sessionRoutes = {
  signIn: defineRoute({
    name: "sessions.signIn",
    method: "POST",
    path: "/v1/session",
    summary: "Sign in with e-mail and password; sets the session cookie",
    access: { by: "anyone" },
    rate: "sign-in",
    body: z.object({ email: Email, password: z.string().min(1).max(200).meta({ personal: true }) }),
    success: { status: 200, schema: Me },
    errors: ["wrong_credentials", "rate_limited"],
  }),
  me: defineRoute({
    name: "sessions.me",
    method: "GET",
    path: "/v1/session",
    summary: "Who is signed in",
    access: { by: "session" },
    rate: "read",
    success: { status: 200, schema: Me },
    errors: [],
  }),
  signOut: defineRoute({
    name: "sessions.signOut",
    method: "DELETE",
    path: "/v1/session",
    summary: "Sign out",
    ...session,
    success: { status: 204 },
    errors: [],
  }),
  list: defineRoute({
    name: "sessions.list",
    method: "GET",
    path: "/v1/sessions",
    summary: "The caller's own sessions",
    access: { by: "session" },
    rate: "read",
    success: { status: 200, schema: z.object({ data: z.array(Session) }) },
    errors: [],
  }),
  revoke: defineRoute({
    name: "sessions.revoke",
    method: "DELETE",
    path: "/v1/sessions/{id}",
    summary: "End one of the caller's sessions",
    ...session,
    params: z.object({ id: SessionId }),
    success: { status: 204 },
    errors: ["not_found"],
  }),
  updateMe: defineRoute({
    name: "sessions.updateMe",
    method: "PATCH",
    path: "/v1/me",
    summary: "Change the caller's name and preferences",
    ...session,
    body: Preferences.partial().extend({ name: line(200).optional() }),
    success: { status: 200, schema: Me },
    errors: [],
  }),
  changePassword: defineRoute({
    name: "sessions.changePassword",
    method: "POST",
    path: "/v1/me/password",
    summary: "Change the caller's password; ends the other sessions",
    ...session,
    body: z.object({ current: z.string().min(1).max(200).meta({ personal: true }), next: Password }),
    success: { status: 204 },
    errors: ["wrong_credentials"],
  }),
  checkLink: defineRoute({
    name: "links.check",
    method: "POST",
    path: "/v1/links/check",
    summary: "What a one-time link is for",
    access: { by: "anyone" },
    rate: "sign-in",
    body: z.object({ token: OneTimeToken }),
    success: {
      status: 200,
      schema: z.object({
        workspace: z.string(),
        name: z.string().nullable(),
        email: z.string().nullable().meta({ personal: true }),
      }),
    },
    errors: ["link_expired"],
  }),
  useLink: defineRoute({
    name: "links.use",
    method: "POST",
    path: "/v1/links/use",
    summary: "Use a one-time link: set name and password and sign in",
    access: { by: "anyone" },
    rate: "sign-in",
    body: z.object({
      token: OneTimeToken,
      name: line(200),
      email: Email,
      password: Password,
      locale: Locale.optional(),
    }),
    success: { status: 200, schema: Me },
    errors: ["link_expired", "already_exists"],
  }),
} as const;

const manage = { access: { by: "principal", scope: "members:write", role: "admin" }, rate: "write" } as const;
const OneTimeLink = z.object({ url: z.string().meta({ personal: true }), expiresAt: Instant });

export const memberRoutes = {
  list: defineRoute({
    name: "members.list",
    method: "GET",
    path: "/v1/members",
    summary: "Members who share a project with the caller",
    access: { by: "principal", scope: "members:read", role: "operator" },
    rate: "read",
    query: z.object({ ...pageQuery }),
    success: { status: 200, schema: page(Member) },
    errors: ["invalid_cursor"],
  }),
  invite: defineRoute({
    name: "members.invite",
    method: "POST",
    path: "/v1/members",
    summary: "Add a member; answers the one-time link to hand over",
    ...manage,
    body: z.object({
      name: line(200),
      email: Email,
      owner: z.boolean().default(false),
      grants: z.array(Grant).max(100).default([]),
    }),
    success: { status: 201, schema: z.object({ member: Member, link: OneTimeLink }) },
    errors: ["already_exists", "unknown_reference", "forbidden"],
  }),
  update: defineRoute({
    name: "members.update",
    method: "PATCH",
    path: "/v1/members/{id}",
    summary: "Change a member's roles, or disable the member",
    ...manage,
    params: z.object({ id: MemberId }),
    body: z.object({
      name: line(200).optional(),
      owner: z.boolean().optional(),
      grants: z.array(Grant).max(100).optional(),
      disabled: z.boolean().optional(),
    }),
    success: { status: 200, schema: Member },
    errors: ["not_found", "unknown_reference", "last_owner", "forbidden"],
  }),
  link: defineRoute({
    name: "members.link",
    method: "POST",
    path: "/v1/members/{id}/link",
    summary: "A new one-time link for a member who lost the password; ends the member's sessions when used",
    ...manage,
    params: z.object({ id: MemberId }),
    success: { status: 201, schema: OneTimeLink },
    errors: ["not_found", "forbidden", "already_exists"],
  }),
} as const;

export const Key = z
  .object({
    id: KeyId,
    name: z.string(),
    hint: z.string().describe("The key's last four characters"),
    role: Role,
    projects: z.array(ProjectId).nullable().describe("null: every project"),
    scopes: z.array(z.enum(scopes)),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    expiresAt: Instant.nullable(),
  })
  .meta({ id: "Key" });
export type Key = z.infer<typeof Key>;

const keyAccess = { access: { by: "principal", scope: "members:write", role: "admin" } } as const;

export const keyRoutes = {
  list: defineRoute({
    name: "keys.list",
    method: "GET",
    path: "/v1/keys",
    summary: "API keys in force",
    ...keyAccess,
    rate: "read",
    query: z.object({ ...pageQuery }),
    success: { status: 200, schema: page(Key) },
    errors: ["invalid_cursor"],
  }),
  create: defineRoute({
    name: "keys.create",
    method: "POST",
    path: "/v1/keys",
    summary: "Create an API key; the secret is answered this once",
    ...keyAccess,
    rate: "write",
    body: z.object({
      name: line(100),
      role: Role.default("operator"),
      projects: z.array(ProjectId).min(1).max(100).nullable().default(null),
      scopes: z.array(z.enum(scopes)).min(1),
      expiresAt: Instant.optional(),
    }),
    success: { status: 201, schema: z.object({ key: Key, secret: z.string().meta({ personal: true }) }) },
    errors: ["unknown_reference", "forbidden", "already_exists"],
  }),
  revoke: defineRoute({
    name: "keys.revoke",
    method: "DELETE",
    path: "/v1/keys/{id}",
    summary: "Revoke an API key at once",
    ...keyAccess,
    rate: "write",
    params: z.object({ id: KeyId }),
    success: { status: 204 },
    errors: ["not_found"],
  }),
} as const;
