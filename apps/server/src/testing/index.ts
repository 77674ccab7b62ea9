// For tests alone: the application in process over a real PostgreSQL.
export { adminKey, startTestApp, type TestApp } from "./test-app.ts";
export { createTestClock, type TestClock } from "./test-clock.ts";
