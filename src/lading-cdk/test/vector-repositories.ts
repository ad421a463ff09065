import { Duration, type Stack } from "aws-cdk-lib";
import { type LifecycleRule, TagStatus } from "aws-cdk-lib/aws-ecr";
import { ImageRepository } from "../src/index.js";
import type { VectorRepository, VectorRule } from "./vector.js";

/** Creates the repositories of a stack; an entry without an id means those of all images. */
export function addRepositories(stack: Stack, described: readonly VectorRepository[]): void {
  for (const { id, rules, name, ...props } of described) {
    const all = { ...props, ...(name && { repositoryName: name }) };
    const repositories =
      id === undefined ? ImageRepository.forEachImage(stack, all) : [new ImageRepository(stack, id, all)];
    for (const repository of repositories) {
      for (const rule of rules ?? []) {
        repository.addLifecycleRule(ruleOf(rule));
      }
    }
  }
}

/** The repositories of a template, by their logical ids. */
export function repositoriesOf(
  template: { readonly Resources?: Record<string, { Type: string }> } | undefined,
): unknown {
  return Object.fromEntries(
    Object.entries(template?.Resources ?? {}).filter(([, resource]) => resource.Type === "AWS::ECR::Repository"),
  );
}

function ruleOf({ count, days, status, prefixes, patterns }: VectorRule): LifecycleRule {
  return {
    ...(count && { maxImageCount: count }),
    ...(days && { maxImageAge: Duration.days(days) }),
    ...(status && { tagStatus: TagStatus[status] }),
    ...(prefixes && { tagPrefixList: [...prefixes] }),
    ...(patterns && { tagPatternList: [...patterns] }),
  };
}
