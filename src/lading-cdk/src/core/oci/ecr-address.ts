/** A form of ECR's host other than the standard one. */
export type EcrHostForm = "fips" | "dualStack";

// The forms of ECR's hosts: every partition, FIPS, and dual-stack.
const HOST =
  /^(?<account>[0-9]{12})\.dkr\.ecr(?<fips>-fips)?\.(?<region>[a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/;
const DUAL_STACK_HOST =
  /^(?<account>[0-9]{12})\.dkr-ecr(?<fips>-fips)?\.(?<region>[a-z0-9-]+)\.on\.(?:aws|amazonwebservices\.com\.cn)$/;

/** The suffixes of AWS host names, by the prefix of the region. */
const SUFFIXES: readonly (readonly [beginning: string, suffix: string])[] = [
  ["cn-", "amazonaws.com.cn"],
  ["us-iso-", "c2s.ic.gov"],
  ["us-isob-", "sc2s.sgov.gov"],
  ["eu-isoe-", "cloud.adc-e.uk"],
  ["us-isof-", "csp.hci.ic.gov"],
  ["eusc-", "amazonaws.eu"],
];

/** The ECR registry of an account and region, as image references name it. */
export class EcrAddress {
  /** The host of the public gallery, which has no account and no region. */
  static readonly PUBLIC = "public.ecr.aws";

  /**
   * @param account - 12 digits.
   * @param region - Such as `eu-central-1`.
   * @param forms - How its host differs from the standard one.
   */
  constructor(
    readonly account: string,
    readonly region: string,
    readonly forms: readonly EcrHostForm[] = [],
  ) {}

  /** The host in its standard form, whichever was parsed: `111111111111.dkr.ecr.eu-central-1.amazonaws.com`. */
  get host(): string {
    const suffix = SUFFIXES.find(([beginning]) => this.region.startsWith(beginning))?.[1] ?? "amazonaws.com";
    return `${this.account}.dkr.ecr.${this.region}.${suffix}`;
  }

  /** Parses a host of ECR, including its FIPS and dual-stack forms; undefined for any other host. */
  static tryParse(host: string): EcrAddress | undefined {
    const dual = DUAL_STACK_HOST.exec(host);
    const { account, region, fips } = (dual ?? HOST.exec(host))?.groups ?? {};
    return account === undefined || region === undefined
      ? undefined
      : new EcrAddress(account, region, [
          ...(fips === undefined ? [] : ["fips" as const]),
          ...(dual ? ["dualStack" as const] : []),
        ]);
  }
}
