using System.Text.Json;
using System.Text.Json.Nodes;
using Lading.Configuration;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Launching;

/// <summary>The images of a lock for an app in any language: the context <c>lading:images</c> (docs/deploy.md).</summary>
internal static class ImageAddresses
{
    public const string Key = "lading:images";

    /// <summary>By name: the address of each image, and its entry in the lock.</summary>
    /// <param name="content">The lock.</param>
    /// <param name="host">The registry; null if templates cannot name it, so there are no addresses.</param>
    public static JsonObject Of(ImageLock content, string? host)
    {
        var images = new JsonObject();
        foreach (var (name, image) in content.Images)
        {
            images[name] = new JsonObject
            {
                ["uri"] = $"{(host is null ? "" : host + "/")}{image.Repository}@{image.Digest}",
                ["repository"] = image.Repository,
                ["digest"] = image.Digest.ToString(),
                ["fingerprint"] = image.Fingerprint,
                ["revision"] = image.Revision,
                ["platforms"] = new JsonArray([
                    .. image.Platforms.Select(platform => (JsonNode)JsonValue.Create(platform.ToString())),
                ]),
            };
        }

        return images;
    }

    /// <summary>
    /// The registry in templates. ECS cannot reach the embedded one: its images are addressed as if they were in the ECR of CDK's
    /// account.
    /// </summary>
    public static string? HostOf(EnvironmentDefinition environment, string? account, string? region) =>
        environment.RegistryAccount is { } registry
            ? (environment.Region ?? region) is { } effectiveRegion
                ? new EcrAddress(registry, effectiveRegion).Host
                : null
            : environment.IsEmbedded
                ? account is not null && region is not null
                    ? new EcrAddress(account, region).Host
                    : null
                : environment.Registry;
}
