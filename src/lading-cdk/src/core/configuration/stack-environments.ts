import { compareBytes } from "../byte-order.js";
import { type EnvironmentDefinition, isEmbedded } from "./environment-definition.js";
import type { StackEnvironment } from "./stack-environment.js";
import { matchesStack, type StackName } from "./stack-name.js";

/**
 * How a stack matches the environments.
 *
 * - `one`: it belongs to one, whose `stacks` match it, or which alone has its account and region.
 * - `shared`: several have its account and region, and no `stacks` match it.
 * - `contested`: the `stacks` of several match it.
 * - `open`: it leaves account or region open, and belongs to whichever of these it is deployed to.
 * - `unlisted`: the environments with its account and region list their stacks, and it is not among them.
 * - `none`: no environment has its account and region.
 */
export type StackMatchKind = "one" | "shared" | "contested" | "open" | "unlisted" | "none";

/** Which environment a stack belongs to, or why that is undecided. */
export interface StackMatch {
  readonly kind: StackMatchKind;

  /** The environments that {@link kind} is about, in the order of their names. */
  readonly environments: readonly EnvironmentDefinition[];
}

/** Decides the environment of a stack: the one whose `stacks` match it, else the one with its account and region. */
export class StackEnvironments {
  private readonly candidates: readonly EnvironmentDefinition[];

  constructor(environments: Iterable<EnvironmentDefinition>) {
    // Nothing is deployed from a registry on this machine, unless the environment has an account as well.
    this.candidates = [...environments]
      .filter((each) => each.account !== undefined || !isEmbedded(each))
      .sort((one, other) => compareBytes(one.name, other.name));
  }

  /** Decides. */
  match(place: StackEnvironment, name: StackName): StackMatch {
    const claiming = this.candidates.filter(
      (each) => this.mayClaim(each, place) && each.stacks.some((pattern) => matchesStack(pattern, name)),
    );
    if (claiming.length > 0) {
      return { kind: claiming.length === 1 ? "one" : "contested", environments: claiming };
    }

    const fitting = this.candidates.filter((each) => place.fits(each));
    const rest = fitting.filter((each) => each.stacks.length === 0);
    const exact = rest.filter((each) => place.isThatOf(each));
    if (exact.length > 0) {
      return { kind: exact.length === 1 ? "one" : "shared", environments: exact };
    }

    if (rest.length > 0) {
      return { kind: "open", environments: rest };
    }

    return { kind: fitting.length > 0 ? "unlisted" : "none", environments: fitting };
  }

  /** The lines for `lading.json` that would distinguish environments: `"dev": { …, "stacks": ["Shop-dev"] }`. */
  static linesFor(among: readonly EnvironmentDefinition[], stack: StackName): string {
    const named = among.filter((each) => isNamedAfter(stack.path, each.name));
    return (named.length > 0 ? named : among.slice(0, 1))
      .map((each) => `"${each.name}": { …, "stacks": ["${stack.path}"] }`)
      .join(", ");
  }

  /**
   * A match counts if account and region match; in a region that no environment has, such as us-east-1 for the
   * certificates of CloudFront, the account is enough.
   */
  private mayClaim(environment: EnvironmentDefinition, place: StackEnvironment): boolean {
    return (
      place.fits(environment) ||
      (place.isInAccountOf(environment) && !this.candidates.some((each) => place.isThatOf(each)))
    );
  }
}

function isNamedAfter(stack: string, environment: string): boolean {
  const [lower, name] = [stack.toLowerCase(), environment.toLowerCase()];
  return lower.split(/[-/_]/).includes(name) || lower.endsWith(name) || lower.startsWith(name);
}
