import { type Stack, Token } from "aws-cdk-lib";
import { StackEnvironment } from "../core/configuration/stack-environment.js";
import type { StackName } from "../core/configuration/stack-name.js";

/** The account and region of a stack; what is a token is open. */
export function accountAndRegionOf(stack: Stack): StackEnvironment {
  return new StackEnvironment(known(stack.account), known(stack.region));
}

/** What `cdk ls` calls a stack, and CloudFormation; of a nested one what its top-level stack is called. */
export function nameOf(stack: Stack): StackName {
  const { nestedStackParent: parent } = stack;
  return parent ? nameOf(parent) : { path: stack.node.path, name: known(stack.stackName) };
}

function known(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}
