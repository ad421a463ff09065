// Lists the CloudFormation properties that name a container image, from the service specification of AWS CDK, and writes
// the table that `lading check` reads templates by.
//
//   node eng/image-properties.mjs <db.json.gz>           writes src/Lading.Core/Checking/Templates/ContainerImageProperties.cs
//   node eng/image-properties.mjs <db.json.gz> --check   lists what the table lacks; exit code 1 if anything
//
// The specification is db.json.gz of the npm package aws-cdk (samples/storefront/node_modules/aws-cdk) or
// @aws-cdk/aws-service-spec.
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";

const table = fileURLToPath(
  new URL("../src/Lading.Core/Checking/Templates/ContainerImageProperties.cs", import.meta.url),
);

// Properties that look like a container image but are not, each with its reason.
const others = new Map([
  ["AWS::ElasticBeanstalk::ApplicationVersion BuildConfiguration.Image", "an image of CodeBuild's own, by name"],
  ["AWS::ImageBuilder::ContainerRecipe InstanceConfiguration.Image", "the machine image of the build instance"],
  ["AWS::Omics::Workflow ContainerRegistryMap.ImageMappings.[].SourceImage", "what the workflow replaces"],
  ["AWS::Omics::WorkflowVersion ContainerRegistryMap.ImageMappings.[].SourceImage", "what the workflow replaces"],
  ["AWS::SageMaker::InferenceComponent Specification.Container.DeployedImage.ResolvedImage", "read-only"],
  ["AWS::SageMaker::InferenceComponent Specification.Container.DeployedImage.SpecifiedImage", "read-only"],
  ["AWS::SageMaker::ModelCard Content.ModelOverview.InferenceEnvironment.ContainerImage.[]", "documentation"],
  ["AWS::SageMaker::ModelCard Content.ModelPackageDetails.InferenceSpecification.Containers.[].Image", "documentation"],
  ["AWS::SageMaker::ModelCard Content.TrainingDetails.TrainingJobDetails.TrainingEnvironment.ContainerImage.[]", "documentation"],
]);

// A name that may mean an image, and documentation or a path that mentions containers.
const names = /(Image|ImageUri|ContainerUri|EcrUri|ImageIdentifier)$|^Uri$/;
const containers = /container|docker|\bECR\b|\bEcr|Elastic Container Registry/i;
// Unambiguous names, for properties without documentation.
const plain = /^(ImageUri|ContainerUri|EcrUri|ContainerImage|TrainingImage)$/;

const [file, mode] = process.argv.slice(2);
if (!file || (mode && mode !== "--check")) {
  console.error("usage: node eng/image-properties.mjs <db.json.gz> [--check]");
  process.exit(2);
}

const bytes = readFileSync(file);
const { schema } = JSON.parse(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes);
const types = new Map(schema.typeDefinition.entities.map(type => [type.$id, type]));
const found = [...new Set(schema.resource.entities.flatMap(imagesOf))].filter(image => !others.has(image)).sort();
if (mode === "--check") {
  const known = new Set([...readFileSync(table, "utf8").matchAll(/^ {8}"(.+)",$/gm)].map(match => match[1]));
  const missing = found.filter(image => !known.has(image));
  missing.forEach(image => console.log(`not in the table: ${image}`));
  if (missing.length > 0) {
    console.log("Run 'node eng/image-properties.mjs <db.json.gz>', and list in it the properties that are not images.");
  }
  process.exit(missing.length > 0 ? 1 : 0);
}

writeFileSync(
  table,
  `namespace Lading.Checking.Templates;

/// <summary>The properties that name a container image, by resource type: written by eng/image-properties.mjs.</summary>
internal static class ContainerImageProperties
{
    /// <summary>A resource type and a path below its properties; <c>[]</c> is each item of a list, <c>{}</c> each value of a map.</summary>
    public static readonly string[] All =
    [
${found.map(image => `        "${image}",`).join("\n")}
    ];
}
`,
);
console.log(`${found.length} properties`);

function imagesOf(resource) {
  return [...walk(resource.properties, [], new Set())]
    .filter(({ name, path, documentation }) =>
      plain.test(name) || (names.test(name) && containers.test(`${documentation} ${path.slice(0, -1).join(".")}`)))
    .map(({ path }) => `${resource.cloudFormationType} ${path.join(".")}`);
}

// Each string property, through the types that properties refer to; types may refer to themselves.
function* walk(properties, path, within) {
  for (const [name, property] of Object.entries(properties ?? {})) {
    for (const { kinds, type } of flatten(property.type)) {
      const here = [...path, name, ...kinds];
      if (type.type === "ref") {
        const id = type.reference.$ref;
        if (!within.has(id)) {
          yield* walk(types.get(id).properties, here, new Set([...within, id]));
        }
      } else if (type.type === "string") {
        yield { name, path: here, documentation: property.documentation ?? "" };
      }
    }
  }
}

function* flatten(type, kinds = []) {
  if (type.type === "array" || type.type === "map") {
    yield* flatten(type.element, [...kinds, type.type === "array" ? "[]" : "{}"]);
  } else if (type.type === "union") {
    for (const each of type.types) {
      yield* flatten(each, kinds);
    }
  } else {
    yield { kinds, type };
  }
}
