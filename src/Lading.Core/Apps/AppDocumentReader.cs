using System.Collections.ObjectModel;
using System.Text.Json;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Apps;

/// <summary>Reads the document that a CDK app receives. Unknown members are ignored.</summary>
internal static class AppDocumentReader
{
    private const string Attempted = $"Could not read the context {AppDocument.Key}";

    /// <summary>Reads a document.</summary>
    /// <exception cref="LadingException">It has a newer version, or is not a document of Lading.</exception>
    public static AppDocument Read(JsonElement json)
    {
        try
        {
            var version = json.GetProperty("appVersion").GetInt32();
            return version == AppDocument.Version
                ? ReadDocument(json)
                : throw LadingException.Usage(
                    Attempted,
                    $"it is of version {version}, handed over by a newer Lading; this one knows version {AppDocument.Version}",
                    "Update the Lading.Cdk package to the version of the tool."
                );
        }
        catch (Exception exception)
            when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new LadingException(
                Attempted,
                "it is not what Lading hands over",
                "Remove it from cdk.json: 'lading run' and 'lading deploy' set it.",
                FailureKind.Usage,
                exception
            );
        }
    }

    private static AppDocument ReadDocument(JsonElement json)
    {
        var head = json.GetProperty("head");
        return new AppDocument
        {
            Project = Text(json, "project"),
            Environment = Optional(json, "environment"),
            LockFile = Optional(json, "lockFile"),
            Aliases = [.. Texts(json, "aliases")],
            Repositories = Map(json, "images", (_, image) => Text(image, "repository")),
            Head = new HeadIdentities(
                Optional(head, "commit"),
                Optional(head, "failure"),
                Map(
                    head,
                    "images",
                    (_, image) =>
                        new HeadImage(
                            Fingerprint.Parse(Text(image, "fingerprint")),
                            image.GetProperty("fingerprintVersion").GetInt32(),
                            ReadPlatforms(image),
                            image.TryGetProperty("held", out var held) && held.GetBoolean()
                        )
                )
            ),
            Environments = Map(json, "environments", ReadEnvironment),
        };
    }

    private static EnvironmentPins ReadEnvironment(string name, JsonElement json) =>
        new(
            new EnvironmentDefinition
            {
                Name = name,
                Account = Optional(json, "account"),
                Region = Optional(json, "region"),
                Registry = Optional(json, "registry"),
                PromoteFrom = Optional(json, "promoteFrom"),
                Stacks = [.. Texts(json, "stacks").Select(text => new StackPattern(text))],
            },
            Optional(json, "lock"),
            Text(json, "state") == "ready" ? null : Text(json, "reason"),
            Map(json, "images", (_, image) => ReadImage(image))
        );

    private static ImagePins ReadImage(JsonElement json)
    {
        var reason = Optional(json, "reason");
        return new ImagePins(
            new LockedImage(
                Text(json, "repository"),
                Digest.Parse(Text(json, "digest")),
                Text(json, "fingerprint"),
                Optional(json, "revision"),
                ReadPlatforms(json)
            )
            {
                FingerprintVersion = json.GetProperty("fingerprintVersion").GetInt32(),
                Manifests =
                    !json.TryGetProperty("manifests", out var manifests) ? ReadOnlyDictionary<Platform, Digest>.Empty
                    : manifests.ValueKind == JsonValueKind.Null ? null
                    : manifests
                        .EnumerateObject()
                        .ToDictionary(each => Platform.Parse(each.Name), each => Digest.Parse(each.Value.GetString()!)),
            },
            Text(json, "staleness") switch
            {
                "current" => LockFreshness.Current,
                "stale" => LockFreshness.Changed,
                _ => null,
            },
            reason
        )
        {
            RolledBack = json.TryGetProperty("rolledBack", out var stacks)
                ? stacks
                    .EnumerateObject()
                    .ToDictionary(each => each.Name, each => each.Value.GetString() ?? "", StringComparer.Ordinal)
                : ReadOnlyDictionary<string, string>.Empty,
        };
    }

    private static List<Platform> ReadPlatforms(JsonElement json) =>
        [.. Texts(json, "platforms").Select(Platform.Parse)];

    private static Dictionary<string, T> Map<T>(JsonElement json, string key, Func<string, JsonElement, T> read) =>
        json.GetProperty(key)
            .EnumerateObject()
            .ToDictionary(each => each.Name, each => read(each.Name, each.Value), StringComparer.Ordinal);

    private static IEnumerable<string> Texts(JsonElement json, string key) =>
        json.GetProperty(key)
            .EnumerateArray()
            .Select(each => each.GetString() ?? throw new FormatException($"null in {key}"));

    private static string Text(JsonElement json, string key) =>
        Optional(json, key) ?? throw new FormatException($"{key} is missing");

    private static string? Optional(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) ? value.GetString() : null;
}
