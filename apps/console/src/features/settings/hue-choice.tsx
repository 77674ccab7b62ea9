import { type Label, labelHues } from "@okno/contract";
import { cx } from "@okno/ui";
import { Check } from "lucide-react";
import { useId } from "react";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { useT as useProjectT } from "./project-messages.ts";

type Props = { hue: Label["hue"]; onChange: (hue: Label["hue"]) => void };

/** One of the eight named hues, as a row of dots. */
export function HueChoice({ hue, onChange }: Props) {
  const t = useProjectT();
  const group = useId();
  return (
    <fieldset>
      <legend className="pb-1.5 text-13 font-medium">
        {t("labels.hue")}: <span className="font-normal text-text-2">{t(`hue.${hue}`).toLowerCase()}</span>
      </legend>
      <div className="flex flex-wrap gap-2">
        {labelHues.map((each) => (
          <label
            key={each}
            data-hue={each === "grey" ? undefined : hueOfLabel(each)}
            className={cx(
              "ring-within grid size-8 cursor-pointer place-items-center rounded-full text-surface-1 [&_svg]:size-4",
              each === "grey" ? "bg-text-3" : "hue-dot",
            )}
          >
            <input
              type="radio"
              name={group}
              aria-label={t(`hue.${each}`)}
              checked={hue === each}
              onChange={() => onChange(each)}
              className="sr-only"
            />
            {hue === each ? <Check aria-hidden="true" /> : null}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
