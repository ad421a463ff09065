import type { Node } from "constructs";
import { LadingError } from "../core/lading-error.js";
import type { Surroundings } from "./surroundings.js";

/** Keys of the context. */
export const KEYS = {
  app: "lading:app",
  environment: "lading:env",
  lock: "lading:lock",
  stale: "lading:stale",
  rolledBack: "lading:rolledBack",
  fixed: "lading:fixed",
  record: "lading:record",
} as const;

/** The environment variable that names an environment. */
export const ENVIRONMENT_VARIABLE = "LADING_ENV";

const LOCK_VARIABLE = "LADING_LOCK";

/** What to do about a lock that does not match HEAD: a CDK warning, a CDK error, or nothing, not even starting git. */
export type StaleLock = "warn" | "error" | "ignore";

/** The user's settings for a stack, from its context or from environment variables. */
export interface StackSettings {
  /** The name of an environment; undefined if none is named. */
  readonly environment: string | undefined;

  /** The path of a lock, or of a folder of locks; undefined for `.lading`. */
  readonly lock: string | undefined;

  readonly stale: StaleLock;

  /** True for snapshot tests. */
  readonly fixed: boolean;

  /** False if stacks write no record of what they run. */
  readonly record: boolean;
}

/**
 * Reads the context of a stack, which inherits that of its stage and app.
 * @param node - The stack's.
 * @param surroundings - Their variables are the defaults of the context.
 * @throws LadingError if a value is unknown.
 */
export function settingsOf(node: Node, surroundings: Surroundings): StackSettings {
  const context = (key: string): unknown => node.tryGetContext(key);
  const variable = (key: string): string | undefined => surroundings.variables[key] || undefined;
  const stale = text(context(KEYS.stale), KEYS.stale) ?? "warn";
  if (stale !== "warn" && stale !== "error" && stale !== "ignore") {
    throw wrong(KEYS.stale, stale, "warn, error or ignore");
  }

  return {
    environment: text(context(KEYS.environment), KEYS.environment) ?? variable(ENVIRONMENT_VARIABLE),
    lock: text(context(KEYS.lock), KEYS.lock) ?? variable(LOCK_VARIABLE),
    stale,
    fixed: flag(context(KEYS.fixed), KEYS.fixed) ?? false,
    record: flag(context(KEYS.record), KEYS.record) ?? true,
  };
}

function flag(value: unknown, key: string): boolean | undefined {
  switch (value) {
    case undefined:
    case null:
    case "":
      return undefined;
    case false:
    case "false":
      return false;
    case true:
    case "true":
      return true;
    default:
      throw wrong(key, value, "true or false");
  }
}

function text(value: unknown, key: string): string | undefined {
  if (value === undefined || value === null || value === "") {
    return undefined;
  }

  if (typeof value !== "string") {
    throw wrong(key, value, "a text");
  }

  return value;
}

function wrong(key: string, value: unknown, expected: string): LadingError {
  return new LadingError(
    `Could not read the context ${key}`,
    `'${value}' is not ${expected}`,
    "Correct it in cdk.json, or on the command line (-c).",
  );
}
