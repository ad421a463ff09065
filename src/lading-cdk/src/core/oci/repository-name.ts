/** Whether a text is the name of a repository within a registry: `storefront/web` (OCI distribution-spec 1.1, "Pulling manifests"). */
export function isRepositoryName(text: string): boolean {
  return text.length <= 255 && /^[a-z0-9]+(?:(?:[._/]|__|-+)[a-z0-9]+)*$/.test(text);
}
