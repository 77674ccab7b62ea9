export { highestRole, includesRole, type Principal, projectsWith, requireRole } from "@okno/kit";
