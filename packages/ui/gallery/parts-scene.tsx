import {
  Avatar,
  Badge,
  Banner,
  Button,
  Checkbox,
  Combobox,
  ConflictBanner,
  CopyField,
  DropdownCheckItem,
  DropdownItem,
  DropdownMenu,
  DropdownSeparator,
  EmptyState,
  ErrorState,
  Field,
  FormRow,
  ListSkeleton,
  NoAccessState,
  OfflineBar,
  ProgressBar,
  RadioGroup,
  Select,
  Switch,
  Table,
  Tabs,
  TBody,
  Td,
  TextArea,
  TextField,
  THead,
  Th,
  TooManyNote,
  Tr,
  WindowArt,
} from "@okno/ui";
import { Plus, Search, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Texts } from "./texts.ts";

function Card({ children, className = "" }: { children: ReactNode; className?: string }) {
  return <div className={`min-w-0 rounded-panel border ${className || "p-5"}`}>{children}</div>;
}

function Buttons({ t }: { t: Texts }) {
  return (
    <Card className="flex flex-col gap-4 p-5">
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="primary" icon={<Plus />} shortcut="n">
          {t.claim}
        </Button>
        <Button shortcut="mod+enter">{t.transfer}</Button>
        <Button variant="ghost">{t.cancel}</Button>
        <Button variant="danger" icon={<Trash2 />}>
          {t.del}
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" variant="primary">
          {t.claim}
        </Button>
        <Button size="sm">{t.transfer}</Button>
        <Button size="sm" variant="ghost" shortcut="g i">
          {t.mine}
        </Button>
        <Button busy variant="primary">
          {t.complete}
        </Button>
        <Button busy>{t.complete}</Button>
        <Button disabled>{t.complete}</Button>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {[
          "Анна Воронова",
          "Илья Ё.",
          "Щ",
          "+7 999 123-45-67",
          "Katherine F.",
          "王小明",
          "Олег Яр",
          "Zoë Ä",
        ].map((name) => (
          <Avatar key={name} name={name} presence={name === "Щ" ? "online" : undefined} />
        ))}
        <Avatar name="Анна" size="sm" />
        <Avatar name="Анна Воронова" size="lg" />
      </div>
      <ProgressBar label={t.loading} value={0.4} />
      <ProgressBar label={t.loading} />
    </Card>
  );
}

function Controls({ t }: { t: Texts }) {
  const [check, setCheck] = useState(true);
  const [on, setOn] = useState(true);
  const [radio, setRadio] = useState("operator");
  const [topic, setTopic] = useState<string | undefined>();
  return (
    <Card className="flex flex-col gap-5 p-5">
      <Field label={t.email} hint={t.emailHint} error={t.emailError} required>
        <TextField defaultValue="anna.company.ru" />
      </Field>
      <Field label={t.name} note={t.optional}>
        <TextField placeholder="Анна" prefix={<Search />} />
      </Field>
      <Field label={t.role}>
        <Select
          value={radio}
          onValueChange={setRadio}
          options={[
            { value: "operator", label: t.operator },
            { value: "admin", label: t.admin },
          ]}
        />
      </Field>
      <Field label={t.topic}>
        <Combobox
          label={t.topic}
          placeholder={t.choose}
          filterPlaceholder={t.filter}
          emptyText={t.empty}
          value={topic}
          onValueChange={setTopic}
          options={[
            { id: "d", label: t.delivery, hue: 4 },
            { id: "r", label: t.refund, hue: 2 },
          ]}
        />
      </Field>
      <TextArea aria-label={t.note} placeholder={t.write} minRows={2} />
      <Checkbox label={t.remember} checked={check} onCheckedChange={setCheck} />
      <Checkbox label={t.all} hint={t.notifyHint} checked="indeterminate" onCheckedChange={setCheck} />
      <Switch label={t.notify} hint={t.notifyHint} checked={on} onCheckedChange={setOn} />
      <RadioGroup
        label={t.role}
        value={radio}
        onValueChange={setRadio}
        options={[
          { value: "operator", label: t.operator, hint: t.emailHint },
          { value: "admin", label: t.admin },
        ]}
      />
    </Card>
  );
}

function People({ t }: { t: Texts }) {
  const names = ["Анна Воронова", "Артём Щербаков", t.customer];
  return (
    <Card className="flex flex-col">
      <Table caption={t.members} frameClassName="max-h-72 rounded-panel">
        <THead>
          <Tr>
            <Th sort="ascending" onSort={() => undefined}>
              {t.name}
            </Th>
            <Th>{t.role}</Th>
            <Th>{t.state}</Th>
            <Th align="end" onSort={() => undefined}>
              {t.done}
            </Th>
          </Tr>
        </THead>
        <TBody>
          {names.map((name, index) => (
            <Tr key={name} selected={index === 1}>
              <Td>
                <span className="flex items-center gap-2">
                  <Avatar name={name} size="sm" decorative />
                  <span className="font-medium">{name}</span>
                </span>
              </Td>
              <Td className="text-text-2">{t.operator}</Td>
              <Td>
                <Badge tone={index ? "good" : "neutral"}>{t.good}</Badge>
              </Td>
              <Td align="end">{[1204, 87, 9][index]}</Td>
            </Tr>
          ))}
        </TBody>
      </Table>
    </Card>
  );
}

function Feedback({ t }: { t: Texts }) {
  const [tab, setTab] = useState("a");
  return (
    <Card className="flex flex-col gap-4 p-5">
      <Banner title={t.banner} action={<Button size="sm">{t.more}</Button>}>
        {t.bannerText}
      </Banner>
      <Banner tone="soon" onClose={() => undefined} closeLabel={t.close}>
        {t.soon}
      </Banner>
      <Banner tone="late" title={t.errorTitle}>
        {t.errorText}
      </Banner>
      <CopyField
        value="okno_live_7Qm2xW9vK4pZ81hTfRbC6nYd"
        label="API"
        copyLabel={t.copy}
        copiedLabel={t.copied}
        note={t.once}
      />
      <Tabs
        label={t.details}
        value={tab}
        onValueChange={setTab}
        items={[
          { value: "a", label: t.details, content: <p className="text-text-2">{t.emptyText}</p> },
          { value: "b", label: t.history, count: 14, content: t.history },
        ]}
      />
      <DropdownMenu trigger={<Button>{t.more}</Button>} align="start">
        <DropdownItem shortcut="e" onSelect={() => undefined}>
          {t.complete}
        </DropdownItem>
        <DropdownCheckItem checked onCheckedChange={() => undefined}>
          {t.notify}
        </DropdownCheckItem>
        <DropdownSeparator />
        <DropdownItem tone="danger" icon={<Trash2 />} onSelect={() => undefined}>
          {t.del}
        </DropdownItem>
      </DropdownMenu>
    </Card>
  );
}

export function PartsScene({ t }: { t: Texts }) {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Card className="flex flex-col">
        <EmptyState
          art={<WindowArt />}
          title={t.emptyTitle}
          text={t.emptyText}
          action={<Button>{t.showWaiting}</Button>}
        >
          <p className="border-t pt-4 text-13 text-text-3">{t.next}</p>
        </EmptyState>
      </Card>
      <Controls t={t} />
      <Buttons t={t} />
      <Feedback t={t} />
      <People t={t} />
      <Card className="flex flex-col">
        <OfflineBar
          offline
          text={t.offline}
          action={
            <Button size="sm" variant="ghost">
              {t.retry}
            </Button>
          }
        />
        <ListSkeleton label={t.loading} rows={3} />
        <ErrorState
          title={t.errorTitle}
          text={t.errorText}
          retryLabel={t.retry}
          onRetry={() => undefined}
          detail="req_01JD8Z4Q7"
        />
      </Card>
      <Card className="flex flex-col gap-4">
        <NoAccessState title={t.noAccess} text={t.noAccessText} action={<Button>{t.more}</Button>} />
        <TooManyNote>{t.tooMany}</TooManyNote>
        <ConflictBanner
          title={t.conflict}
          text={t.conflictText}
          actions={
            <Button size="sm" variant="ghost">
              {t.retry}
            </Button>
          }
        >
          <p>{t.last}</p>
        </ConflictBanner>
      </Card>
      <div className="lg:col-span-2">
        <FormRow title={t.notify} text={t.bannerText}>
          <Switch label={t.notify} checked onCheckedChange={() => undefined} />
        </FormRow>
        <FormRow title={t.role} text={t.emailHint}>
          <TextField aria-label={t.role} defaultValue={t.operator} />
        </FormRow>
      </div>
    </div>
  );
}
