/** A failure in three parts: what was attempted, what came back, what to do about it. */
export class LadingError extends Error {
  /**
   * @param attempted - What was attempted, as the start of a sentence.
   * @param cameBack - What came back, without a full stop.
   * @param remedy - What to do, as whole sentences; empty if nothing is known.
   */
  constructor(
    readonly attempted: string,
    readonly cameBack: string,
    readonly remedy = "",
  ) {
    super(sentence(attempted, cameBack, remedy));
    this.name = "LadingError";
  }
}

function sentence(attempted: string, cameBack: string, remedy: string): string {
  // Output of another program is shown unchanged, line by line; a full stop would look like part of it.
  const isBlock = cameBack.includes("\n");
  const said = isBlock ? `${attempted}: ${cameBack}` : `${attempted}: ${cameBack.replace(/\.+$/, "")}.`;
  if (remedy.length === 0) {
    return said;
  }

  return isBlock ? `${said}\n${remedy}` : `${said} ${remedy}`;
}
