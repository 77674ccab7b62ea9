import type { Settings } from "./settings.ts";

/** Lives in the shadow root: the host page's styles do not reach it, and it does not reach the page. */
export function stylesOf({ accent, position }: Settings): string {
  const side = position === "left" ? "left" : "right";
  return `
:host{all:initial;position:fixed;z-index:2147483000;${side}:0;bottom:0;--a:${accent.light};--o:${accent.onLight}}
:host([hidden]){display:none}
@media(prefers-color-scheme:dark){:host{--a:${accent.dark};--o:${accent.onDark}}}
@media print{:host{display:none}}
button{all:unset;position:fixed;${side}:max(20px,env(safe-area-inset-${side}));bottom:max(20px,env(safe-area-inset-bottom));width:56px;height:56px;border-radius:50%;background:var(--a);color:var(--o);cursor:pointer;display:grid;place-items:center;box-shadow:0 0 0 1px #00000010,0 4px 10px -2px #00000030,0 10px 24px -6px #00000038;-webkit-tap-highlight-color:transparent}
button:hover{filter:brightness(1.07)}
button:focus-visible{outline:2px solid var(--a);outline-offset:3px}
svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round;grid-area:1/1;transition:opacity .12s ease-out,transform .12s ease-out}
.x,[aria-expanded=true] .m{opacity:0;transform:scale(.7)}
[aria-expanded=true] .x{opacity:1;transform:none}
b{all:unset;position:absolute;top:-3px;${side === "left" ? "left" : "right"}:-3px;min-width:20px;height:20px;padding:0 5px;box-sizing:border-box;border-radius:10px;background:#b3261e;color:#fff;font:600 12px/20px system-ui,sans-serif;text-align:center;font-variant-numeric:tabular-nums}
b[hidden]{display:none}
.p{position:fixed;${side}:max(20px,env(safe-area-inset-${side}));bottom:calc(max(20px,env(safe-area-inset-bottom)) + 68px);width:380px;height:min(640px,100vh - 108px);border-radius:14px;overflow:hidden;background:Canvas;box-shadow:0 0 0 1px #00000014,0 8px 24px -6px #00000026,0 24px 56px -12px #0000003d;opacity:0;visibility:hidden;transform:translateY(8px);transition:opacity .12s ease-out,transform .12s ease-out,visibility 0s .12s}
.p.on{opacity:1;visibility:visible;transform:none;transition:opacity .12s ease-out,transform .12s ease-out}
iframe{all:unset;display:block;width:100%;height:100%;border:0}
@media(max-width:520px),(max-height:420px){.p{inset:0;width:100%;height:100%;border-radius:0;box-shadow:none}.p.on~button{display:none}}
@media(prefers-reduced-motion:reduce){.p,.p.on,svg{transition:none;transform:none}}`;
}
