/** Which tags of a repository may move, in ECR's terms: a default, and wildcard filters for the exceptions. */
export interface RepositorySettings {
  readonly tagsAreMutable: boolean;
  readonly exceptions: readonly string[];
}

/** The prefix of the tag with an image's identity. */
export const SOURCE_TAG_PREFIX = "src-";

const REVISION_TAG_PREFIX = "git-";

/** The most that ECR accepts. */
const MOST_FILTERS = 5;

/** The first alias with `{commit}` and without `{branch}`; undefined if there is none. */
export function commitAliasOf(aliases: readonly string[]): string | undefined {
  return aliases.find((alias) => alias.includes("{commit}") && !alias.includes("{branch}"));
}

/** The tag of an alias at a commit: invalid characters become `-`, or `_` at the start; cut at 128 characters. */
export function tagOf(alias: string, commit: string): string {
  return alias
    .replaceAll("{commit}", commit)
    .replace(/[^A-Za-z0-9_.-]/gu, (character) => "-".repeat(character.length))
    .replace(/^[.-]/, "_")
    .slice(0, 128);
}

/**
 * The settings of a repository for images with these aliases: every tag is immutable except moving aliases and
 * `sha256-*`, under which clients without the referrers API store signatures. If an alias may be any text (`{branch}`),
 * no filter could exclude Lading's own tags, so the rule is reversed.
 */
export function repositorySettingsFor(aliases: readonly string[]): RepositorySettings {
  const moving = [
    ...new Set([
      ...aliases.filter((alias) => !alias.includes("{commit}")).map((alias) => alias.replaceAll("{branch}", "*")),
      "sha256-*",
    ]),
  ];
  return moving.some((filter) => filter.startsWith("*")) || moving.length > MOST_FILTERS
    ? {
        tagsAreMutable: true,
        exceptions: [
          `${SOURCE_TAG_PREFIX}*`,
          `${REVISION_TAG_PREFIX}*`,
          ...commitFilters(aliases).slice(0, MOST_FILTERS - 2),
        ],
      }
    : { tagsAreMutable: false, exceptions: moving };
}

function commitFilters(aliases: readonly string[]): string[] {
  const beginnings = aliases
    .filter((alias) => alias.indexOf("{commit}") > 0 && !alias.includes("{branch}"))
    .map((alias) => alias.slice(0, alias.indexOf("{commit}")))
    // Unless a moving alias would become immutable.
    .filter((beginning) => !aliases.some((alias) => !alias.includes("{") && alias.startsWith(beginning)));
  return [...new Set(beginnings)].map((beginning) => `${beginning}*`);
}
