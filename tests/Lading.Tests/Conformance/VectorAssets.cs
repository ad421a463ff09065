using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.AWS.Ecr.Assets;
using Amazon.CDK.AWS.ECS;
using Lading.Cdk;

namespace Lading.Tests.Conformance;

/// <summary>Image assets of vectors.</summary>
internal static class VectorAssets
{
    /// <summary>The synthesizer of a vector's app; null for CDK's own.</summary>
    public static LadingSynthesizer? SynthesizerOf(JsonNode? described) =>
        described is null
            ? null
            : new LadingSynthesizer(
                new LadingSynthesizerProps
                {
                    Repository = Vector.Text(described["repository"]),
                    PublishingRoleArn = Vector.Text(described["publishingRoleArn"]),
                    Bootstrap = Vector.Text(described["qualifier"]) is { } qualifier
                        ? new DefaultStackSynthesizerProps { Qualifier = qualifier }
                        : null,
                }
            );

    /// <summary>An image asset of a folder of the vector.</summary>
    public static ContainerImage ImageOf(JsonObject described, string root) =>
        ContainerImage.FromAsset(
            Path.Combine(root, Vector.Text(described["asset"])!),
            new AssetImageProps
            {
                File = Vector.Text(described["file"]),
                Target = Vector.Text(described["target"]),
                BuildArgs = described["buildArgs"] is null
                    ? null
                    : Vector
                        .Members(described["buildArgs"])
                        .ToDictionary(pair => pair.Key, pair => Vector.Text(pair.Value)!, StringComparer.Ordinal),
                Platform = Vector.Text(described["platform"]) is { } platform ? Platform_.Custom(platform) : null,
            }
        );

    /// <summary>What a stack's asset manifest says about images.</summary>
    public static JsonNode Of(Stack stack)
    {
        var path = Path.Combine(Stage.Of(stack)!.Outdir, $"{stack.ArtifactId}.assets.json");
        var images = JsonNode.Parse(File.ReadAllText(path))!["dockerImages"];
        return new JsonArray([
            .. Vector
                .Members(images)
                .SelectMany(image =>
                    Vector
                        .Members(image.Value!["destinations"])
                        .Select(destination => new JsonObject
                        {
                            ["repository"] = destination.Value!["repositoryName"]!.DeepClone(),
                            ["tag"] = destination.Value["imageTag"]!.DeepClone(),
                            ["platform"] = image.Value["source"]!["platform"]?.DeepClone(),
                            ["role"] = destination.Value["assumeRoleArn"]?.DeepClone(),
                        })
                ),
        ]);
    }
}
