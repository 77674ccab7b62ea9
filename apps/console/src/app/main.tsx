import "./app.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { kindConsoles } from "../registry.ts";
import { takeKinds } from "../shared/kinds/kinds.ts";
import { Providers } from "./providers.tsx";

takeKinds(kindConsoles);

const root = document.getElementById("root");
if (!root) throw new Error("The page has no root element");
createRoot(root).render(
  <StrictMode>
    <Providers />
  </StrictMode>,
);
