/** A refused call: becomes the one text in `errors`. Fields are named in back-ticks, as the interface's documentation does. */
export class CompatRefusal extends Error {
  override readonly name = "CompatRefusal";
}

/** `throw no("`amount` field is required")` */
export function no(text: string): CompatRefusal {
  return new CompatRefusal(text);
}
