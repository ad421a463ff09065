/** What a stack runs: the content of the SSM parameter `/lading/<stack>` (docs/records.md). */
export interface StackRecord {
  /** The environment whose images they are; undefined if none was named. */
  readonly environment?: string | undefined;

  /** By name; one that the stack pins in two ways is there as `web` and `web/2`. */
  readonly images: ReadonlyMap<string, RecordedImage>;
}

/** An image that a stack runs. */
export interface RecordedImage {
  /** `repository@sha256:…`, or `repository:tag` where it is pinned by a tag that does not move. */
  readonly reference: string;

  /** The containers: logical id of the task definition, `/`, name. Before it the logical ids of nested stacks. */
  readonly usedBy: readonly string[];
}

/** The most characters that a standard parameter holds (SSM API reference, PutParameter). */
export const MOST_CHARACTERS = 4096;

/** The parameter of a part, counted from 1. */
export function parameterOf(stack: string, part = 1): string {
  return part === 1 ? `/lading/${stack}` : `/lading/${stack}/${part}`;
}
