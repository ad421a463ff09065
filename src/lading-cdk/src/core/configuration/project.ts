import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { compareBytes } from "../byte-order.js";
import { JsonError, type JsonNode, membersOf, parseJson, textOf } from "../json-document.js";
import { LadingError } from "../lading-error.js";
import { isRepositoryName } from "../oci/repository-name.js";
import { type EnvironmentDefinition, LOCAL } from "./environment-definition.js";

/** The file name of the configuration. */
export const CONFIGURATION = "lading.json";

/** The part of `lading.json` that constructs need. The tool reads it strictly, and reports every mistake. */
export interface Project {
  /** The folder of `lading.json`, absolute. */
  readonly folder: string;

  /** The prefix of repository names, unless an image has its own. */
  readonly name: string;

  /** The repository of each image by its name, in byte order. */
  readonly images: ReadonlyMap<string, string>;

  /** Extra tags, with the placeholders `{branch}` and `{commit}`. */
  readonly aliases: readonly string[];

  /** By name, in byte order; `local` is always included. */
  readonly environments: ReadonlyMap<string, EnvironmentDefinition>;
}

/**
 * The project of the nearest `lading.json` from a folder upward; undefined if there is none.
 * @throws LadingError if the file cannot be read, or is invalid.
 */
export function findProject(folder: string): Project | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, CONFIGURATION);
    if (existsSync(path)) {
      return readProject(at, path, relative(folder, path).replaceAll("\\", "/"));
    }

    if (dirname(at) === at) {
      return undefined;
    }
  }
}

function readProject(folder: string, path: string, shown: string): Project {
  let text: string;
  try {
    text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw new LadingError(`Could not read ${path}`, (error as Error).message, "Make sure that the file is readable.");
  }

  try {
    return projectOf(folder, parseJson(text, true), (node, what) => {
      throw wrong(shown, node.line, what);
    });
  } catch (error) {
    throw error instanceof JsonError ? wrong(shown, error.line, "it is not JSON") : error;
  }
}

type Reject = (node: JsonNode, what: string) => never;

function projectOf(folder: string, root: JsonNode, reject: Reject): Project {
  const fields = membersOf(root);
  const name = textOf(fields.get("project"));
  if (name === undefined || !isRepositoryName(name)) {
    return reject(fields.get("project") ?? root, "project is not a name that repositories can begin with");
  }

  const images = [...membersOf(fields.get("images"))].map(([image, node]): [string, string] => {
    const repository = textOf(membersOf(node).get("repository")) ?? `${name}/${image}`;
    return [
      image,
      isRepositoryName(repository) ? repository : reject(node, `repository of ${image} is not a valid repository name`),
    ];
  });
  const environments = new Map<string, EnvironmentDefinition>([
    [LOCAL, { name: LOCAL, registry: "embedded", stacks: [] }],
    ...[...membersOf(fields.get("environments"))].map(([key, node]): [string, EnvironmentDefinition] => [
      key,
      environmentOf(key, membersOf(node)),
    ]),
  ]);
  return {
    folder,
    name,
    images: sorted(images),
    aliases: textsOf(fields.get("aliases")),
    environments: sorted(environments),
  };
}

function environmentOf(name: string, fields: Map<string, JsonNode>): EnvironmentDefinition {
  return {
    name,
    account: textOf(fields.get("account")),
    region: textOf(fields.get("region")),
    registry: textOf(fields.get("registry")),
    stacks: textsOf(fields.get("stacks")),
  };
}

function textsOf(node: JsonNode | undefined): string[] {
  return node?.kind === "array" ? node.items.flatMap((item) => textOf(item) ?? []) : [];
}

function sorted<T>(entries: Iterable<[string, T]>): Map<string, T> {
  return new Map([...entries].sort(([one], [other]) => compareBytes(one, other)));
}

function wrong(shown: string, line: number, what: string): LadingError {
  return new LadingError(`Could not read ${shown}, line ${line}`, what, "'lading plan --offline' names every mistake.");
}
