using System.Text.Json.Nodes;

namespace Lading.EndToEndTests.Cdk;

/// <summary>A variant of the sample: its context, and the lock that it reads.</summary>
/// <param name="Environment">The environment of the lock; null for no lock.</param>
/// <param name="Images">The images in the lock.</param>
/// <param name="Context">The context besides the lock's.</param>
internal sealed record SampleVariant(string? Environment, IReadOnlyList<string> Images, params string[] Context)
{
    private static readonly string[] Four = ["carts", "site", "web", "worker"];
    private static readonly string[] Assembled = ["carts", "site"];

    /// <summary>The variants in which the apps of different languages are compared.</summary>
    public static IReadOnlyDictionary<string, SampleVariant> All { get; } =
        new Dictionary<string, SampleVariant>(StringComparer.Ordinal)
        {
            ["local, and repositories"] = new("local", Four, "repositories=cdk"),
            ["dev"] = new("dev", Four, "lading:env=dev"),
            ["assembled images alone, and the lock has no others"] = new("local", Assembled, "images=assembled"),
            ["fixed digests, without a lock"] = new(null, [], "lading:fixed=true"),
            ["no record"] = new("local", Four, "lading:record=false"),
            ["two images that the lock lacks"] = new("dev", Assembled, "lading:env=dev"),
        };

    /// <summary>Writes the lock to a folder, and returns the context as the CDK command line passes it.</summary>
    public JsonObject WriteTo(string folder)
    {
        if (Environment is not null)
        {
            Storefront.WriteLockAt(Locks.LockPath.In(folder, Environment), Environment, Images);
        }

        var context = new JsonObject
        {
            // What the command line always sets, and what the sample's cdk.json sets.
            ["aws:cdk:enable-path-metadata"] = true,
            ["aws:cdk:enable-asset-metadata"] = true,
            ["aws:cdk:version-reporting"] = true,
            ["aws:cdk:bundling-stacks"] = new JsonArray("**"),
            ["@aws-cdk/core:checkSecretUsage"] = true,
            ["lading:lock"] = folder,
            ["lading:stale"] = "ignore",
        };
        foreach (var setting in Context)
        {
            var at = setting.IndexOf('=', StringComparison.Ordinal);
            context[setting[..at]] = setting[(at + 1)..];
        }

        return context;
    }
}
