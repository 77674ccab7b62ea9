import { defineConfig } from "vite";

/** The script that sites paste: one classic script without a name of its own in the page. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2020",
    modulePreload: false,
    rolldownOptions: {
      input: "src/loader/main.ts",
      output: { format: "iife", entryFileNames: "loader.js", codeSplitting: false },
    },
  },
});
