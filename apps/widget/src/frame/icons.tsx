// Lucide's drawings (ISC).
const icon = (path: string) => () => (
  <svg viewBox="0 0 24 24" aria-hidden="true" class="icon">
    <path d={path} />
  </svg>
);

export const CloseIcon = icon("m6 6 12 12M18 6 6 18");
export const SendIcon = icon("M5 12h14M13 6l6 6-6 6");
export const ClipIcon = icon(
  "m21 11-8.6 8.6a5.5 5.5 0 0 1-7.8-7.8L13 3.4a3.7 3.7 0 0 1 5.2 5.2l-8.6 8.5a1.8 1.8 0 0 1-2.6-2.6l7.9-7.8",
);
export const FileIcon = icon("M14 3H6a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V9zM14 3v6h6");
export const DownIcon = icon("M12 5v14M6 13l6 6 6-6");
export const ClockIcon = icon("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7v5l3 2");
export const CheckIcon = icon("m5 12.5 4.5 4.5L19 7");
export const ChecksIcon = icon("m2 12.5 4.5 4.5L15 8m-4 7.5 1.5 1.5L21 8");
export const AlertIcon = icon("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7.5v5.5M12 16.5v.01");
export const MoreIcon = icon("M5 12h.01M12 12h.01M19 12h.01");
