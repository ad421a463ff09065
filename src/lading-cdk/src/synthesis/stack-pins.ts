import type { Stack } from "aws-cdk-lib";
import { LOCAL } from "../core/configuration/environment-definition.js";
import { LadingError } from "../core/lading-error.js";
import { ImagePin } from "../image-pin.js";
import { AppImages } from "./app-images.js";
import {
  chooseEnvironment,
  type EnvironmentChoice,
  type EnvironmentQuestion,
  findWithoutLock,
} from "./environment-choice.js";
import { FixedImages } from "./fixed-images.js";
import { ImageRendering } from "./image-rendering.js";
import { LockedImages } from "./locked-images.js";
import { findLocks, type Locks } from "./locks-of-app.js";
import type { ImagePins } from "./pinned-image.js";
import { PublishCommand } from "./publish-command.js";
import { accountAndRegionOf, nameOf } from "./stack-identity.js";
import { KEYS, settingsOf } from "./stack-settings.js";
import { Staleness } from "./staleness.js";
import { TaggedImages } from "./tagged-images.js";
import { REGISTRY_OF_STACK, type TargetRegistry, targetRegistryOf } from "./target-registry.js";

/** The pins of one stack's images, for one kind of pin. */
export interface StackPins {
  /** Finds the pins. */
  readonly images: ImagePins;

  /** Renders the images. */
  readonly rendering: ImageRendering;

  /** Undefined if the lock is not compared with HEAD, or there is none. */
  readonly staleness?: Staleness | undefined;

  /** Returns the sentence about an image that the stack was rolled back from; undefined if it was not. */
  readonly findRolledBack?: ((image: string) => string | undefined) | undefined;

  /** The environment's name; undefined if digests are fixed, or the registry is that of any account deployed to. */
  readonly environment?: string | undefined;
}

/** @throws LadingError if the lock or the environment is missing or ambiguous, for all images of the stack. */
export function readStackPins(stack: Stack, pin: ImagePin): StackPins {
  const app = AppImages.of(stack.node.root);
  if (isFixed(stack, app)) {
    return { images: new FixedImages(app.project?.images), rendering: new ImageRendering(stack, REGISTRY_OF_STACK) };
  }

  const locks = findLocks(stack, app);
  const question = questionOf(stack, app, locks);
  if (pin !== ImagePin.DIGEST) {
    const environment = findWithoutLock(question);
    const publish = new PublishCommand(environment?.name ?? LOCAL);
    return {
      images: new TaggedImages(app.head, app.getProject(""), publish, pin === ImagePin.COMMIT_TAG),
      rendering: new ImageRendering(stack, targetRegistryOf(environment)),
      environment: environment?.name,
    };
  }

  return ofLock(stack, app, locks, chooseEnvironment(question));
}

/**
 * The registry that a stack takes its images from, whether or not they are published.
 * @throws LadingError if it is unknown.
 */
export function readRegistry(stack: Stack): TargetRegistry {
  const app = AppImages.of(stack.node.root);
  return isFixed(stack, app) ? REGISTRY_OF_STACK : targetRegistryOf(findWithoutLock(questionOf(stack, app)));
}

/** What is known of the environment of a stack. */
export function questionOf(stack: Stack, app: AppImages, locks?: Locks): EnvironmentQuestion {
  return {
    stack: nameOf(stack),
    place: accountAndRegionOf(stack),
    named: settingsOf(stack.node, app.surroundings).environment,
    startedFor: app.document?.environment,
    environments: app.getProject(attemptOf(stack)).environments,
    lockIsNamed: locks?.isOneFile ?? false,
    locks: locks?.environments() ?? [],
  };
}

function ofLock(stack: Stack, app: AppImages, locks: Locks, choice: EnvironmentChoice): StackPins {
  const { environment } = choice;
  const { lock, path, reason, handed } = locks.find(choice.lock);
  const publish = new PublishCommand(environment?.name ?? lock?.environment ?? choice.lock, locks.file);
  if (!lock) {
    throw reason !== undefined
      ? new LadingError(attemptOf(stack), reason)
      : new LadingError(
          attemptOf(stack),
          `there is no lock ${path}`,
          `Run '${publish.forAll}', or '${publish.resolve}' if the images are published already.`,
        );
  }

  if (lock.environment !== choice.lock && (environment || !locks.isOneFile)) {
    throw new LadingError(
      attemptOf(stack),
      `the lock ${path} is of environment ${lock.environment}, and the stack's is ${choice.lock}`,
      `Run '${publish.forAll}', or name the other one: -c ${KEYS.environment}=${lock.environment}.`,
    );
  }

  const images = new LockedImages(lock, path, app.getProject("").images, publish);
  const { stale } = settingsOf(stack.node, app.surroundings);
  const { name } = nameOf(stack);
  return {
    images,
    rendering: new ImageRendering(stack, targetRegistryOf(environment)),
    staleness: stale === "ignore" ? undefined : new Staleness(images, app, stack, stale, handed),
    findRolledBack: (image) => (name === undefined ? undefined : handed?.get(image)?.rolledBack.get(name)),
    environment: lock.environment,
  };
}

function isFixed(stack: Stack, app: AppImages): boolean {
  return settingsOf(stack.node, app.surroundings).fixed || app.isFixed;
}

function attemptOf(stack: Stack): string {
  return `Could not pin the images of stack ${stack.node.path}`;
}
