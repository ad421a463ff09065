/** The names of a stack. */
export interface StackName {
  /** Its path in the app, which `cdk ls` shows: `Prod/Shop` for one in a stage. */
  readonly path: string;

  /** Its name in CloudFormation, `Prod-Shop`; undefined if it is known only at deployment. */
  readonly name?: string | undefined;
}

/** Whether a pattern matches a stack's path or name, as in the CDK CLI: `*` and `?` stop at a slash, `**` does not. */
export function matchesStack(pattern: string, stack: StackName): boolean {
  const expression = new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*\*|\*|\?/g, (wild) => (wild === "**" ? ".*" : wild === "*" ? "[^/]*" : "[^/]"))}$`,
  );
  return expression.test(stack.path) || (stack.name !== undefined && expression.test(stack.name));
}
