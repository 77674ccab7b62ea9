import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressed } from "./compress.ts";
import { contractAsData } from "./contract-as-data.ts";
import { serviceWorker } from "./service-worker-build.ts";

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [contractAsData(), react(), tailwindcss(), serviceWorker(), compressed()],
  worker: { format: "es" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    // The content security policy allows no `data:` scripts or styles, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What changes with every release must not take the libraries out of the browser's cache.
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](?:react|react-dom|scheduler)[\\/]/u, priority: 3 },
            { name: "tanstack", test: /node_modules[\\/]@tanstack[\\/]/u, priority: 2 },
          ],
        },
      },
    },
  },
});
