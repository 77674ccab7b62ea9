// What those who run an installation need: health, doctor, backup, restore.
export { createBackup } from "./backup/create-backup.ts";
export { type Rehearsal, rehearseRestore } from "./backup/rehearse.ts";
export { type Restored, restoreDataDirectory, restoreInto } from "./backup/restore-installation.ts";
export { examineDatabase, examineMachine } from "./doctor/examine.ts";
export type { Finding } from "./doctor/finding.ts";
export { registerHealth } from "./health.ts";
export { OperationError } from "./operation-error.ts";
export { queryableOf, withClient } from "./sql-client.ts";
