import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Annotations } from "aws-cdk-lib";
import { Repository } from "aws-cdk-lib/aws-ecr";
import { ContainerImage } from "aws-cdk-lib/aws-ecs";
import type { Construct } from "constructs";

/** An image of a lock of Lading: which digest it stands on. */
interface LockedImage {
  repository: string;
  digest: string;
  fingerprint: string;
  revision: string | null;
  platforms: string[];
}

/** A lock of Lading, version 1 or 2: the images of an environment. */
interface Lock {
  lockVersion: number;
  environment: string;
  images: Record<string, LockedImage>;
}

/** An image of lading.json, pinned by the digest that the lock of the environment holds. */
export function ladingImage(scope: Construct, name: string): ContainerImage {
  const image = findImage(scope, name);
  if (typeof image === "string") {
    Annotations.of(scope).addError(image);
    return ContainerImage.fromRegistry(`lading.invalid/${name}`);
  }

  // The stack's own registry; for images of another account, Repository.fromRepositoryAttributes with its ARN.
  const repository = Repository.fromRepositoryName(scope, `${name}-repository`, image.repository);
  return ContainerImage.fromEcrRepository(repository, image.digest);
}

/** The image: as `lading run` and `lading deploy` hand it over in the context, otherwise from the lock; or what is wrong. */
function findImage(scope: Construct, name: string): LockedImage | string {
  const given: Record<string, LockedImage> | undefined = scope.node.tryGetContext("lading:images");
  if (given?.[name]) {
    return given[name];
  }

  const environment: string = scope.node.tryGetContext("lading:env") ?? process.env.LADING_ENV ?? "local";
  const path: string =
    scope.node.tryGetContext("lading:lock") ??
    process.env.LADING_LOCK ??
    join(folderOf("lading.json"), ".lading", `${environment}.lock.json`);
  const publish = environment === "local" ? `lading publish` : `lading publish --env ${environment}`;

  if (!existsSync(path)) {
    return `Could not pin image ${name}: there is no lock ${path}. Run '${publish}'.`;
  }

  const lock: Lock = JSON.parse(readFileSync(path, "utf8"));
  if (lock.lockVersion > 2) {
    throw new Error(`The lock ${path} is of version ${lock.lockVersion}, written by a newer Lading.`);
  }

  return lock.images[name] ?? `Could not pin image ${name}: the lock ${path} does not hold it. Run '${publish}'.`;
}

/** The nearest folder that holds a file, from the working directory upward. */
function folderOf(file: string, from = process.cwd()): string {
  if (existsSync(join(from, file))) {
    return from;
  }

  if (dirname(from) === from) {
    throw new Error(`There is no ${file} in ${resolve(".")} or in a folder above.`);
  }

  return folderOf(file, dirname(from));
}
