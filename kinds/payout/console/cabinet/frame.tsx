import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { host } from "../host.ts";

type Props = {
  /** Where one comes from. */
  back: { to: string; text: string };
  title: ReactNode;
  /** The same in plain words, for the tab. */
  name: string;
  text?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
};

/** One page of the cabinet: its way back, its name, its one main action. */
export function Frame({ back, title, name, text, action, children }: Props) {
  host.usePageTitle(name);
  return (
    <main className="h-full overflow-y-auto bg-surface-1">
      <div className="mx-auto flex w-full max-w-5xl flex-col gap-5 px-4 py-4 md:px-8 md:py-6">
        <nav>
          <host.Link
            to={back.to}
            className="-ml-2 flex h-control w-fit items-center gap-2 rounded-control px-2 text-14 text-text-2 hover:bg-hover hover:text-text-1 [&_svg]:size-4"
          >
            <ArrowLeft aria-hidden="true" />
            {back.text}
          </host.Link>
        </nav>
        <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="min-w-0 flex-1 basis-64">
            <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-20 font-semibold [overflow-wrap:anywhere]">
              {title}
            </h1>
            {text ? <p className="mt-1 max-w-prose text-14 text-text-2">{text}</p> : null}
          </div>
          {action}
        </header>
        {children}
      </div>
    </main>
  );
}
