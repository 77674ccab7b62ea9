import { defineConfig } from "vite";

/** The page inside the frame. Names stay the same: the server adds a version made of the bytes. */
export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { importSource: "preact" } },
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      input: "src/frame/main.tsx",
      output: { entryFileNames: "frame.js", assetFileNames: "frame[extname]", codeSplitting: false },
    },
  },
});
