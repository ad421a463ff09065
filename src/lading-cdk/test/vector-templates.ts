import type { VectorRecord } from "./vector.js";

// biome-ignore lint/suspicious/noExplicitAny: templates are arbitrary JSON.
export type Json = any;

/** The value of an output, by its stack's path and its name. */
export function outputOf(templates: Map<string, Json>, path: string): unknown {
  const at = path.lastIndexOf("/");
  return templates.get(path.slice(0, at))?.Outputs[path.slice(at + 1)].Value;
}

/** The SSM parameters of a template. */
export function recordsOf(stack: string, template: Json): VectorRecord[] {
  return Object.values<Json>(template.Resources ?? {})
    .filter((resource) => resource.Type === "AWS::SSM::Parameter")
    .map((resource) => ({
      stack,
      name: resource.Properties.Name,
      value: resource.Properties.Value,
      dependsOn: [...(resource.DependsOn ?? [])].sort(),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
