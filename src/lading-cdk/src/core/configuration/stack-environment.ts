import type { EnvironmentDefinition } from "./environment-definition.js";

/** The account and region of a stack, as far as its app defines them: CDK's term is environment. */
export class StackEnvironment {
  /**
   * @param account - 12 digits; undefined if the stack leaves it open.
   * @param region - Undefined if the stack leaves it open.
   */
  constructor(
    readonly account?: string,
    readonly region?: string,
  ) {}

  /** True if both are defined. */
  get isKnown(): boolean {
    return this.account !== undefined && this.region !== undefined;
  }

  /** Whether a stack there may belong to an environment: what either leaves open matches anything. */
  fits(environment: EnvironmentDefinition): boolean {
    return this.isInAccountOf(environment) && isSame(this.region, environment.region);
  }

  /** Whether account and region are defined, and equal to an environment's. */
  isThatOf(environment: EnvironmentDefinition): boolean {
    return this.isKnown && this.account === environment.account && this.region === environment.region;
  }

  /** Whether the accounts may be equal, whatever the regions. */
  isInAccountOf(environment: EnvironmentDefinition): boolean {
    return isSame(this.account, environment.account);
  }

  /** For people: `account 111111111111 and region eu-west-1`. */
  toString(): string {
    const known = [
      ...(this.account === undefined ? [] : [`account ${this.account}`]),
      ...(this.region === undefined ? [] : [`region ${this.region}`]),
    ];
    return known.length === 0 ? "no account or region" : known.join(" and ");
  }
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
