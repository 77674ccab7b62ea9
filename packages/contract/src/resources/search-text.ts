import { z } from "zod";
import { maxSearchLength } from "../search-query.ts";

const noNul = (value: string) => !value.includes("\u0000");

/** What a person wrote into a search box: see `search-query.ts` for the language. */
export const SearchText = z
  .string()
  .max(maxSearchLength)
  .refine(noNul, { error: "contains a NUL character" })
  .overwrite((text) => text.toWellFormed().normalize("NFC"))
  .meta({ personal: true });
