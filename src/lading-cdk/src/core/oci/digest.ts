/** Whether a text is a digest of a registered algorithm (OCI image-spec 1.1, "Digests"). */
export function isDigest(text: string): boolean {
  return /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(text);
}

/** The digest of every image when digests are fixed. */
export const CONSTANT_DIGEST = `sha256:${"0".repeat(64)}`;
