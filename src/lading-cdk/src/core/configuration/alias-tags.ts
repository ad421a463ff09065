/** Which tags of a repository may move, in ECR's terms: a rule, and wildcard filters for the tags that have the other one. */
export interface RepositorySettings {
  readonly tagsAreMutable: boolean;
  readonly exceptions: readonly string[];
}

/** What the tag of an image's identity begins with. */
export const SOURCE_TAG_PREFIX = "src-";

const REVISION_TAG_PREFIX = "git-";

/** The most that ECR takes. */
const MOST_FILTERS = 5;

/** The first alias that is one of a commit whatever the branch; undefined if there is none. */
export function commitAliasOf(aliases: readonly string[]): string | undefined {
  return aliases.find((alias) => alias.includes("{commit}") && !alias.includes("{branch}"));
}

/** The tag that an alias gives at a commit: what tags may not hold becomes `-`, and it ends after 128 characters. */
export function tagOf(alias: string, commit: string): string {
  return alias
    .replaceAll("{commit}", commit)
    .replace(/[^A-Za-z0-9_.-]/gu, (character) => "-".repeat(character.length))
    .replace(/^[.-]/, "_")
    .slice(0, 128);
}

/**
 * How a repository for images with these aliases is created: every tag immutable but the aliases that move and
 * `sha256-*`, under which clients without the referrers API keep signatures. Where an alias may be any text
 * (`{branch}`), no filter could spare Lading's own tags, so the rule is turned round.
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
    // Not where an alias that moves would no longer.
    .filter((beginning) => !aliases.some((alias) => !alias.includes("{") && alias.startsWith(beginning)));
  return [...new Set(beginnings)].map((beginning) => `${beginning}*`);
}
