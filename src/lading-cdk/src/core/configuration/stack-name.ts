/** What a stack is called. */
export interface StackName {
  /** Its path in the app, which `cdk ls` shows: `Prod/Shop` for one in a stage. */
  readonly path: string;

  /** Its name in CloudFormation, `Prod-Shop`; undefined if that is known at deployment only. */
  readonly name?: string | undefined;
}

/** Whether a pattern names a stack by its path or its name, as the CDK command line reads it: `*` and `?` stop at a slash, `**` does not. */
export function matchesStack(pattern: string, stack: StackName): boolean {
  const expression = new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*\*|\*|\?/g, (wild) => (wild === "**" ? ".*" : wild === "*" ? "[^/]*" : "[^/]"))}$`,
  );
  return expression.test(stack.path) || (stack.name !== undefined && expression.test(stack.name));
}
