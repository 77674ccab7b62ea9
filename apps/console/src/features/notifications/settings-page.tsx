import {
  type NotificationKind,
  type NotificationSettings,
  type NotificationWay,
  notificationKinds,
  notificationWays,
} from "@okno/contract";
import {
  Button,
  Checkbox,
  Field,
  FormRow,
  Switch,
  Table,
  TBody,
  Td,
  TextField,
  THead,
  Th,
  Tr,
} from "@okno/ui";
import { useState } from "react";
import { useNarrow } from "../../shared/layout/use-media.ts";
import { chime } from "./chime.ts";
import { useT } from "./messages.ts";
import { PushPart } from "./push-part.tsx";

type Change = (next: Partial<NotificationSettings>) => void;
type Part = { settings: NotificationSettings; change: Change };

const concerned: ReadonlySet<NotificationKind> = new Set(["reply", "note", "returned", "rated"]);

/** One kind of news by one way. `spread`: its name stands beside the box, where there is no head above it. */
function Way({
  kind,
  way,
  spread,
  settings,
  change,
}: Part & { kind: NotificationKind; way: NotificationWay; spread: boolean }) {
  const t = useT();
  return (
    <Checkbox
      hideLabel={!spread}
      label={spread ? t(`way.${way}`) : `${t(`row.${kind}`)}: ${t(`way.${way}`)}`}
      checked={settings.ways[kind][way]}
      onCheckedChange={(checked) =>
        change({
          ways: { [kind]: { ...settings.ways[kind], [way]: checked } } as NotificationSettings["ways"],
        })
      }
    />
  );
}

/** On a phone a table of three ways has no room: each kind has its own lines. */
function WhatNarrow(part: Part) {
  const t = useT();
  return (
    <div className="flex flex-col divide-y divide-line">
      {notificationKinds.map((kind) => (
        <fieldset key={kind} className="py-3">
          <legend className="float-left w-full pb-2 text-14 font-medium">
            {t(`row.${kind}`)}
            {concerned.has(kind) ? (
              <span className="block text-12 font-normal text-text-3">{t("row.hint")}</span>
            ) : null}
          </legend>
          <div className="clear-both flex flex-col gap-1">
            {notificationWays.map((way) => (
              <Way key={way} {...part} kind={kind} way={way} spread />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

function What({ settings, change }: Part) {
  const t = useT();
  if (useNarrow()) return <WhatNarrow settings={settings} change={change} />;
  return (
    <Table caption={t("what")}>
      <THead>
        <Tr>
          <Th>{t("what")}</Th>
          {notificationWays.map((way) => (
            <Th key={way} align="end">
              {t(`way.${way}`)}
            </Th>
          ))}
        </Tr>
      </THead>
      <TBody>
        {notificationKinds.map((kind) => (
          <Tr key={kind}>
            <Td>
              {t(`row.${kind}`)}
              {concerned.has(kind) ? (
                <span className="block text-12 text-text-3">{t("row.hint")}</span>
              ) : null}
            </Td>
            {notificationWays.map((way) => (
              <Td key={way} align="end">
                <span className="inline-flex">
                  <Way kind={kind} way={way} spread={false} settings={settings} change={change} />
                </span>
              </Td>
            ))}
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

function BrowserPart() {
  const t = useT();
  const able = typeof Notification !== "undefined" && window.isSecureContext;
  const [permission, setPermission] = useState(able ? Notification.permission : undefined);
  if (permission === undefined) return <p className="text-14 text-text-2">{t("browser.none")}</p>;
  if (permission === "granted") return <p className="text-14 text-good">{t("browser.allowed")}</p>;
  if (permission === "denied") return <p className="text-14 text-text-2">{t("browser.denied")}</p>;
  return (
    <Button onClick={() => void Notification.requestPermission().then(setPermission)}>
      {t("browser.allow")}
    </Button>
  );
}

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const workdays = [1, 2, 3, 4, 5];
const week = [1, 2, 3, 4, 5, 6, 7] as const;

function QuietPart({ settings: { quiet }, change }: Part) {
  const t = useT();
  const set = (next: Partial<NonNullable<typeof quiet>>) => quiet && change({ quiet: { ...quiet, ...next } });
  const toggle = (day: number, on: boolean) => {
    const days = week.filter((each) => (each === day ? on : quiet?.days.includes(each)));
    // Hours without days would never begin: the last day stays.
    if (days.length > 0) set({ days });
  };
  return (
    <div className="flex flex-col gap-4">
      <Switch
        label={t("quiet.on")}
        checked={quiet !== null}
        onCheckedChange={(on) =>
          change({ quiet: on ? { from: "20:00", to: "09:00", days: workdays, timeZone: ownZone() } : null })
        }
      />
      {quiet ? (
        <>
          <div className="flex flex-wrap gap-4">
            {(["from", "to"] as const).map((end) => (
              <Field key={end} label={t(end)}>
                <TextField
                  type="time"
                  value={quiet[end]}
                  onChange={(event) => event.target.value && set({ [end]: event.target.value })}
                />
              </Field>
            ))}
          </div>
          <fieldset className="flex flex-wrap gap-x-5 gap-y-2">
            <legend className="pb-2 text-13 font-medium">{t("days")}</legend>
            {week.map((day) => (
              <Checkbox
                key={day}
                label={t(`day.${day}`)}
                checked={quiet.days.includes(day)}
                onCheckedChange={(on) => toggle(day, on)}
              />
            ))}
          </fieldset>
          <p className="text-13 text-text-3">{t("quiet.zone", { zone: quiet.timeZone })}</p>
        </>
      ) : null}
    </div>
  );
}

/** The parts of the settings page: what is told, by which ways, and when not. */
export function NotificationParts({ settings, change }: Part) {
  const t = useT();
  return (
    <>
      <FormRow title={t("what")} text={t("what_text")}>
        <What settings={settings} change={change} />
      </FormRow>
      <FormRow title={t("browser")} text={t("browser.text")}>
        <BrowserPart />
      </FormRow>
      <FormRow title={t("push")} text={t("push.text")}>
        <PushPart />
      </FormRow>
      <FormRow title={t("sound")} text={t("sound.text")}>
        <div className="flex flex-wrap items-center gap-4">
          <Switch
            label={t("sound.on")}
            checked={settings.sound}
            onCheckedChange={(sound) => change({ sound })}
          />
          <Button size="sm" variant="ghost" onClick={() => void chime()}>
            {t("sound.try")}
          </Button>
        </div>
      </FormRow>
      <FormRow title={t("quiet")} text={t("quiet.text")}>
        <QuietPart settings={settings} change={change} />
      </FormRow>
    </>
  );
}
