/** The look shared by everything one types or picks into. */
export const CONTROL_CLASS =
  "rounded-control border border-line-control bg-surface-1 text-14 text-text-1 transition-colors pointer-coarse:text-16 " +
  "aria-invalid:border-late has-aria-invalid:border-late disabled:opacity-50";

/** One line of a menu, a list box or a select. */
export const OPTION_CLASS =
  "flex min-h-control-sm cursor-default select-none items-center gap-2 rounded-control px-2 py-1 text-14 text-text-1 outline-none " +
  "pointer-coarse:min-h-control data-highlighted:bg-hover data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0";

/** The floating surface of menus and popovers: a line, one elevation, no animation on opening. */
export const OVERLAY_CLASS =
  "z-50 rounded-panel border border-line bg-overlay text-text-1 shadow-overlay outline-none";
