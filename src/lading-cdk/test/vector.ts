import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A stack of a vector; conformance/README.md describes the members. */
export interface VectorStack {
  readonly id: string;
  readonly in?: string;
  readonly account?: string;
  readonly region?: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly tasks?: readonly VectorTask[];
  readonly services?: readonly { readonly id: string; readonly task: string }[];
  readonly references?: readonly VectorUse[];
  readonly functions?: readonly (VectorUse & { readonly id: string; readonly uri?: string })[];
  readonly repositories?: readonly VectorRepository[];
  readonly nested?: readonly VectorStack[];
}

export interface VectorRepository {
  readonly id?: string;
  readonly image?: string;
  readonly name?: string;
  readonly pullAccounts?: readonly string[];
  readonly pullOrganizations?: readonly string[];
  readonly rules?: readonly VectorRule[];
}

export interface VectorRule {
  readonly count?: number;
  readonly days?: number;
  readonly status?: "ANY" | "TAGGED" | "UNTAGGED";
  readonly prefixes?: readonly string[];
  readonly patterns?: readonly string[];
}

export interface VectorTask {
  readonly id: string;
  readonly kind?: "fargate" | "ec2";
  readonly cpu?: number;
  readonly memory?: number;
  readonly runtimePlatform?: { readonly operatingSystemFamily?: string; readonly cpuArchitecture?: string };
  readonly containers: readonly (VectorUse & VectorAsset & { readonly name: string; readonly registry?: string })[];
}

export interface VectorUse {
  readonly id?: string;
  readonly image?: string;
  readonly pin?: "SourceTag" | "CommitTag";
  readonly platform?: string;
  readonly for?: "Lambda" | "AppRunner" | "SageMaker" | "AgentCore";
}

/** An image asset built from a folder of the vector. */
export interface VectorAsset {
  readonly asset?: string;
  readonly file?: string;
  readonly target?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly platform?: string;
}

/** An image asset in a stack's asset manifest. */
export interface VectorPush {
  readonly repository: string | undefined;
  readonly tag: string | undefined;
  readonly platform: string | undefined;
  readonly role: string | null;
}

/** An answer of `lading identify`, with the question but for its folder. */
export interface VectorIdentity {
  readonly asset: Readonly<Record<string, unknown>>;
  readonly fingerprint: string;
}

export interface VectorRecord {
  readonly stack: string;
  readonly name: string;
  readonly value: string;
  readonly dependsOn: readonly string[];
}

export interface VectorAnnotation {
  readonly level: string;
  readonly path: string;
  readonly text: string;
}

export interface Expectation {
  readonly images?: Readonly<Record<string, unknown>>;
  readonly pulls?: Readonly<Record<string, readonly unknown[] | null>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly consistency?: Readonly<Record<string, string | null>>;
  readonly annotations?: readonly VectorAnnotation[];
  readonly records?: readonly VectorRecord[];
  readonly repositories?: Readonly<Record<string, unknown>>;
  readonly assets?: Readonly<Record<string, readonly VectorPush[]>>;
  readonly qualifiers?: Readonly<Record<string, string>>;
}

export interface Vector {
  readonly name: string;
  readonly about: string;
  readonly files: Readonly<Record<string, unknown>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly calls?: readonly "useFixedDigests"[];
  readonly refuseMutable?: { readonly warn?: boolean; readonly allowAssets?: boolean };
  readonly synthesizer?: {
    readonly repository?: string;
    readonly publishingRoleArn?: string;
    readonly qualifier?: string;
  };
  readonly identities?: readonly VectorIdentity[];
  readonly disableRecord?: readonly string[];
  readonly head?: { readonly commit: string; readonly images: Readonly<Record<string, unknown>> };
  readonly stacks: readonly VectorStack[];
  readonly expect: Expectation;
}

/** All vectors of a folder, with digest placeholders expanded. */
export function readVectors(folder: string): { readonly group: string; readonly vector: Vector }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), "utf8")
        .replace(/\{sha256:(.)\}/g, (_, digit: string) => `sha256:${digit.repeat(64)}`)
        .replace(/\{(40|64):(.)\}/g, (_, count: string, digit: string) => digit.repeat(Number(count)));
      const vectors: Vector[] = JSON.parse(text);
      return vectors.map((vector) => ({ group: file.replace(".json", ""), vector }));
    });
}
