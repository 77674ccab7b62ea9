export { Avatar, type AvatarProps } from "./avatar.tsx";
export { Badge, type BadgeProps } from "./badge.tsx";
export { Banner, type BannerProps } from "./banner.tsx";
export { Button, type ButtonProps, type ButtonVariant } from "./button.tsx";
export { Checkbox, type CheckboxProps } from "./checkbox.tsx";
export { Combobox, type ComboboxProps } from "./combobox.tsx";
export {
  CommandDialog,
  type CommandDialogProps,
  type CommandGroup,
  type CommandItem,
} from "./command-dialog.tsx";
export { ConflictBanner, type ConflictBannerProps } from "./conflict-banner.tsx";
export { CopyField, type CopyFieldProps } from "./copy-field.tsx";
export { cx } from "./cx.ts";
export {
  DateTimePopover,
  type DateTimePopoverProps,
  type DateTimePreset,
  toLocalInput,
} from "./date-time-popover.tsx";
export { DeadlineRing, type DeadlineRingProps } from "./deadline-ring.tsx";
export { Dialog, type DialogProps } from "./dialog.tsx";
export {
  DropdownCheckItem,
  type DropdownCheckItemProps,
  DropdownItem,
  type DropdownItemProps,
  DropdownLabel,
  DropdownMenu,
  type DropdownMenuProps,
  DropdownSeparator,
} from "./dropdown-menu.tsx";
export { EmptyState, type EmptyStateProps } from "./empty-state.tsx";
export { ErrorState, type ErrorStateProps } from "./error-state.tsx";
export { Field, type FieldProps } from "./field.tsx";
export { type FieldControl, useFieldControl } from "./field-context.ts";
export { FileChip, type FileChipProps } from "./file-chip.tsx";
export { filterItems, type MenuItem } from "./filter-items.ts";
export { FilterList, type FilterListProps } from "./filter-list.tsx";
export { FilterableMenu, type FilterableMenuProps } from "./filterable-menu.tsx";
export { FormDialog, type FormDialogProps } from "./form-dialog.tsx";
export { FormRow, type FormRowProps } from "./form-row.tsx";
export { formatBytes } from "./format-bytes.ts";
export { type FormatTimeOptions, formatDateTime, formatRelative } from "./format-relative.ts";
export { type Hue, hueOf } from "./hue.ts";
export { IconButton, type IconButtonProps } from "./icon-button.tsx";
export { initialsOf } from "./initials.ts";
export { Kbd, type KbdProps } from "./kbd.tsx";
export { ListEnd, type ListEndProps } from "./list-end.tsx";
export { NoAccessState, type NoAccessStateProps } from "./no-access-state.tsx";
export { OfflineBar, type OfflineBarProps } from "./offline-bar.tsx";
export { Popover, type PopoverProps } from "./popover.tsx";
export { ProgressBar, type ProgressBarProps } from "./progress-bar.tsx";
export { QrCode, type QrCodeProps } from "./qr-code.tsx";
export { RadioGroup, type RadioGroupProps, type RadioOption } from "./radio-group.tsx";
export { RelativeTime, type RelativeTimeProps } from "./relative-time.tsx";
export { ResizeHandle, type ResizeHandleProps } from "./resize-handle.tsx";
export { ScrollArea, type ScrollAreaProps } from "./scroll-area.tsx";
export { SegmentedControl, type SegmentedControlProps, type SegmentedOption } from "./segmented-control.tsx";
export { Select, type SelectOption, type SelectProps } from "./select.tsx";
export { Sheet, type SheetProps } from "./sheet.tsx";
export { ariaShortcut, isApplePlatform, keyCaps } from "./shortcut.ts";
export { ListSkeleton, type ListSkeletonProps, Skeleton } from "./skeleton.tsx";
export { Spinner, type SpinnerProps } from "./spinner.tsx";
export { type SwipeAction, SwipeRow, type SwipeRowProps } from "./swipe-row.tsx";
export { Switch, type SwitchProps } from "./switch.tsx";
export {
  Table,
  type TableProps,
  TBody,
  Td,
  type TdProps,
  THead,
  Th,
  type ThProps,
  Tr,
  type TrProps,
} from "./table.tsx";
export { type TabItem, Tabs, type TabsProps } from "./tabs.tsx";
export { Tag, type TagProps } from "./tag.tsx";
export { TextArea, type TextAreaProps } from "./text-area.tsx";
export { TextField, type TextFieldProps } from "./text-field.tsx";
export { applyDensity, applyTheme, type Density, type Theme } from "./theme.ts";
export { dismissToast, runToastAction, type ToastInput, toast } from "./toast.ts";
export { Toaster, type ToasterProps } from "./toaster.tsx";
export { TONE_SOFT, TONE_TEXT, type Tone } from "./tone.ts";
export { TooManyNote, type TooManyNoteProps } from "./too-many-note.tsx";
export { Tooltip, type TooltipProps, TooltipProvider } from "./tooltip.tsx";
export { UnreadDot } from "./unread-dot.tsx";
export { type PanelSizeOptions, usePanelSize } from "./use-panel-size.ts";
export { VisuallyHidden } from "./visually-hidden.tsx";
export { WindowArt } from "./window-art.tsx";
