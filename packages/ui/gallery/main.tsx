import {
  applyDensity,
  applyTheme,
  Button,
  CommandDialog,
  type Density,
  Dialog,
  Field,
  SegmentedControl,
  Sheet,
  TextField,
  type Theme,
  Toaster,
  TooltipProvider,
  toast,
} from "@okno/ui";
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { ConsoleScene } from "./console-scene.tsx";
import "./gallery.css";
import { PartsScene } from "./parts-scene.tsx";
import { type Lang, TEXTS } from "./texts.ts";

const query = new URLSearchParams(location.search);

function Overlays({ lang }: { lang: Lang }) {
  const t = TEXTS[lang];
  const [command, setCommand] = useState(false);
  const [typed, setTyped] = useState("");
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setCommand(true)}>Command</Button>
      <CommandDialog
        open={command}
        onOpenChange={setCommand}
        label={t.search}
        placeholder={t.search}
        status=""
        query={typed}
        onQueryChange={setTyped}
        onSelect={() => undefined}
        groups={[
          {
            id: "ticket",
            heading: t.subject,
            items: [
              { id: "1", label: t.complete, shortcut: "e" },
              { id: "2", label: t.postpone, shortcut: "h" },
            ],
          },
          { id: "views", heading: t.views, items: [{ id: "3", label: t.mine, shortcut: "g m" }] },
        ]}
      />
      <Dialog
        title={t.deleteTitle}
        text={t.deleteText}
        closeLabel={t.close}
        trigger={<Button>Dialog</Button>}
        footer={
          <>
            <Button>{t.cancel}</Button>
            <Button variant="danger">{t.del}</Button>
          </>
        }
      >
        <Field label={t.name}>
          <TextField />
        </Field>
      </Dialog>
      <Sheet title={t.details} closeLabel={t.close} trigger={<Button>Sheet</Button>}>
        {t.msg1}
      </Sheet>
      <Button
        onClick={() =>
          toast({
            title: t.completed,
            tone: "good",
            action: { label: t.undo, shortcut: "z", onAction: () => undefined },
          })
        }
      >
        Toast
      </Button>
    </div>
  );
}

function Gallery() {
  const [lang, setLang] = useState<Lang>(query.get("lang") === "en" ? "en" : "ru");
  const [theme, setTheme] = useState<Theme>(() => (query.get("theme") as Theme | null) ?? "system");
  const [density, setDensity] = useState<Density>("comfortable");
  applyTheme(theme);
  applyDensity(density);
  document.documentElement.lang = lang;
  const t = TEXTS[lang];
  return (
    <TooltipProvider>
      <div className="mx-auto flex max-w-340 flex-col gap-4 p-4 md:p-6">
        <header className="flex flex-wrap items-center gap-3">
          <h1 className="mr-auto text-28 font-semibold tracking-tight">{t.title}</h1>
          <SegmentedControl
            size="sm"
            label="lang"
            value={lang}
            onValueChange={setLang}
            options={[
              { value: "ru", label: "Русский" },
              { value: "en", label: "English" },
            ]}
          />
          <SegmentedControl
            size="sm"
            label="theme"
            value={theme}
            onValueChange={setTheme}
            options={[
              { value: "light", label: t.light },
              { value: "dark", label: t.dark },
              { value: "system", label: t.system },
            ]}
          />
          <SegmentedControl
            size="sm"
            label="density"
            value={density}
            onValueChange={setDensity}
            options={[
              { value: "comfortable", label: "A" },
              { value: "compact", label: "a" },
            ]}
          />
        </header>
        <Overlays lang={lang} />
        <ConsoleScene t={t} lang={lang} />
        <PartsScene t={t} />
      </div>
      <Toaster label="Notifications ({hotkey})" closeLabel={t.close} />
    </TooltipProvider>
  );
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Gallery />
    </StrictMode>,
  );
}
