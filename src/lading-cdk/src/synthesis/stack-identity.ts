import { type Stack, Token } from "aws-cdk-lib";
import { StackEnvironment } from "../core/configuration/stack-environment.js";
import type { StackName } from "../core/configuration/stack-name.js";

/** The account and region of a stack; undefined for tokens. */
export function accountAndRegionOf(stack: Stack): StackEnvironment {
  return new StackEnvironment(known(stack.account), known(stack.region));
}

/** The names of a stack in `cdk ls` and in CloudFormation; for a nested stack, those of its top-level stack. */
export function nameOf(stack: Stack): StackName {
  const { nestedStackParent: parent } = stack;
  return parent ? nameOf(parent) : { path: stack.node.path, name: known(stack.stackName) };
}

function known(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}
