// For tests alone: the application in process over a real PostgreSQL.
export { type Browser, codeOf, openBrowser, type Person, signUp, testPassword } from "./people.ts";
export { addPerson, asPerson } from "./session.ts";
export { openStream, type StreamReader } from "./stream-reader.ts";
export { adminKey, startTestApp, type TestApp } from "./test-app.ts";
export type { TestClock } from "./test-clock.ts";
