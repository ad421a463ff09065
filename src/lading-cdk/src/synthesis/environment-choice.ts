import { type EnvironmentDefinition, isEmbedded, LOCAL } from "../core/configuration/environment-definition.js";
import type { StackEnvironment } from "../core/configuration/stack-environment.js";
import { StackEnvironments, type StackMatch } from "../core/configuration/stack-environments.js";
import type { StackName } from "../core/configuration/stack-name.js";
import { LadingError } from "../core/lading-error.js";
import { ENVIRONMENT_VARIABLE, KEYS } from "./stack-settings.js";

/** What is known when the environment of a stack is chosen. */
export interface EnvironmentQuestion {
  readonly stack: StackName;

  /** Its account and region; undefined for a token. */
  readonly place: StackEnvironment;

  /** The environment that the user named; undefined if none. */
  readonly named: string | undefined;

  /** The environment that the tool started the app for; undefined if none. */
  readonly startedFor: string | undefined;

  /** The environments in `lading.json`, by name. */
  readonly environments: ReadonlyMap<string, EnvironmentDefinition>;

  /** True if the user named a lock file. */
  readonly lockIsNamed: boolean;

  /** The environments that have a lock. */
  readonly locks: readonly string[];
}

/** The environment that a stack takes its images from. */
export interface EnvironmentChoice {
  /** Undefined if none is named and the stack belongs to none: templates then refer to the stack's own ECR. */
  readonly environment: EnvironmentDefinition | undefined;

  /** The environment whose lock is read, unless the user named a lock. */
  readonly lock: string;
}

/**
 * Chooses the environment that is named, or else the one that the stack belongs to, or else none.
 * @throws LadingError if the name is unknown, several environments match, or no lock does.
 */
export function chooseEnvironment(question: EnvironmentQuestion): EnvironmentChoice {
  const environment = findEnvironment(question);
  return { environment, lock: environment?.name ?? onlyLock(question) };
}

/**
 * Chooses without a lock; undefined for the registry of whichever account the stack is deployed to.
 * @throws LadingError if the name is unknown, several environments match, or none has the stack's account.
 */
export function findWithoutLock(question: EnvironmentQuestion): EnvironmentDefinition | undefined {
  const environment = findEnvironment(question);
  if (!environment && question.place.isKnown && remoteNames(question).length > 0) {
    throw stranger(question);
  }

  return environment;
}

function findEnvironment(question: EnvironmentQuestion): EnvironmentDefinition | undefined {
  const name = question.named;
  if (name !== undefined) {
    const named = question.environments.get(name);
    if (!named) {
      throw new LadingError(
        `Could not find environment ${name}`,
        "lading.json has none of that name",
        `Name one of ${join(question.environments.keys())}: -c ${KEYS.environment}=…, or the variable ${ENVIRONMENT_VARIABLE}.`,
      );
    }

    return named;
  }

  const started = question.startedFor === undefined ? undefined : question.environments.get(question.startedFor);
  if (started && isEmbedded(started)) {
    return started;
  }

  const match = new StackEnvironments(question.environments.values()).match(question.place, question.stack);
  switch (match.kind) {
    case "one":
      return match.environments[0];
    case "open":
    case "none":
      return started;
    default:
      if (started && match.environments.includes(started)) {
        return started;
      }

      if (match.kind === "unlisted" && match.environments.length === 1) {
        // Which environment the stack belongs to does not change where its images are.
        return match.environments[0];
      }

      throw undecided(question, match);
  }
}

function undecided(question: EnvironmentQuestion, match: StackMatch): LadingError {
  const names = join(match.environments.map((each) => each.name));
  const attempted = `Could not choose an environment for stack ${question.stack.path}`;
  if (match.kind === "contested") {
    return new LadingError(
      attempted,
      `it is in "stacks" of ${names}`,
      'Correct "stacks" in lading.json so that one of them names it.',
    );
  }

  return new LadingError(
    attempted,
    match.kind === "unlisted"
      ? `${names} have ${question.place}, and their "stacks" do not name it`
      : `${names} all have ${question.place}`,
    `Assign it in lading.json: ${StackEnvironments.linesFor(match.environments, question.stack)}. Or name one: -c ${KEYS.environment}=${match.environments[0]?.name}, or the variable ${ENVIRONMENT_VARIABLE}.`,
  );
}

/**
 * No environment is named, and the stack belongs to none. A lock of dev does not apply to a stack in another account,
 * but one that leaves its account open may be dev's; and the lock of the embedded registry is for trying out.
 */
function onlyLock(question: EnvironmentQuestion): string {
  const isOpen = !question.place.isKnown;
  const remote = remoteNames(question);
  if (question.lockIsNamed || (remote.length === 0 && question.locks.length === 0)) {
    return LOCAL;
  }

  const [only, ...others] = question.locks;
  if (only !== undefined && others.length === 0 && (isOpen || !remote.includes(only))) {
    return only;
  }

  if (!isOpen) {
    throw stranger(question);
  }

  throw only === undefined
    ? new LadingError(
        `Could not pin the images of stack ${question.stack.path}`,
        "there is no lock of any environment",
        `Run 'lading publish --env ${remote[0]}', or 'lading publish' to try it on this machine.`,
      )
    : new LadingError(
        `Could not choose a lock for stack ${question.stack.path}`,
        `the stack leaves its account and region open, and there are locks of ${join(question.locks)}`,
        `Name the environment: -c ${KEYS.environment}=${only}, or the variable ${ENVIRONMENT_VARIABLE}; or give the stack an account and a region.`,
      );
}

function stranger(question: EnvironmentQuestion): LadingError {
  return new LadingError(
    `Could not choose an environment for stack ${question.stack.path}`,
    `none in lading.json has ${question.place}`,
    `Add it to lading.json, or name one of ${join(question.environments.keys())}: -c ${KEYS.environment}=…`,
  );
}

function remoteNames(question: EnvironmentQuestion): string[] {
  return [...question.environments.values()].filter((each) => !isEmbedded(each)).map((each) => each.name);
}

function join(names: Iterable<string>): string {
  return [...names].join(", ");
}
