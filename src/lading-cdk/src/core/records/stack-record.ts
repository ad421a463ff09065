/** What a stack runs: the content of the SSM parameter `/lading/<stack>` (docs/records.md). */
export interface StackRecord {
  /** The environment of the images; undefined if none was selected. */
  readonly environment?: string | undefined;

  /** By name; an image that the stack pins in two ways is listed as `web` and `web/2`. */
  readonly images: ReadonlyMap<string, RecordedImage>;
}

/** An image that a stack runs. */
export interface RecordedImage {
  /** `repository@sha256:…`, or `repository:tag` if it is pinned by an immutable tag. */
  readonly reference: string;

  /** The containers: logical ids of nested stacks and the task definition, and the container's name, joined by `/`. */
  readonly usedBy: readonly string[];
}

/** The most characters in a standard parameter (SSM API reference, PutParameter). */
export const MOST_CHARACTERS = 4096;

/** The parameter of a part, counted from 1. */
export function parameterOf(stack: string, part = 1): string {
  return part === 1 ? `/lading/${stack}` : `/lading/${stack}/${part}`;
}
