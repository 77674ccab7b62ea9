/** Something the person at the terminal must read: the message is the whole story, no stack is shown. */
export class OperationError extends Error {
  override readonly name = "OperationError";
}
