using System.Text.Json.Nodes;
using Lading.Git;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Apps;

/// <summary>Writes the document as JSON (schema/app.schema.json): every key is present, and sorted if the order has no meaning.</summary>
internal static class AppDocumentWriter
{
    public static JsonObject Write(AppDocument document) =>
        new()
        {
            ["appVersion"] = AppDocument.Version,
            ["project"] = document.Project,
            ["environment"] = document.Environment,
            ["lockFile"] = document.LockFile,
            ["aliases"] = List(document.Aliases),
            ["images"] = Map(document.Repositories, repository => new JsonObject { ["repository"] = repository }),
            ["head"] = new JsonObject
            {
                ["commit"] = document.Head.Commit,
                ["failure"] = document.Head.Failure,
                ["images"] = Map(
                    document.Head.Images,
                    image => new JsonObject
                    {
                        ["fingerprint"] = image.Fingerprint.Hex,
                        ["fingerprintVersion"] = image.FingerprintVersion,
                        ["platforms"] = List(image.Platforms.Select(platform => platform.ToString())),
                        ["held"] = image.IsHeld,
                    }
                ),
            },
            ["environments"] = Map(document.Environments, Of),
        };

    private static JsonObject Of(EnvironmentPins pins) =>
        new()
        {
            ["account"] = pins.Definition.Account,
            ["region"] = pins.Definition.Region,
            ["registry"] = pins.Definition.Registry,
            ["stacks"] = List(pins.Definition.Stacks.Select(pattern => pattern.Text)),
            ["promoteFrom"] = pins.Definition.PromoteFrom,
            ["state"] = pins.Reason is null ? "ready" : "unresolved",
            ["reason"] = pins.Reason,
            ["lock"] = pins.Lock,
            ["images"] = Map(pins.Images, Of),
        };

    private static JsonObject Of(ImagePins pins)
    {
        var locked = pins.Locked;
        var image = new JsonObject
        {
            ["repository"] = locked.Repository,
            ["digest"] = locked.Digest.ToString(),
            ["fingerprint"] = locked.Fingerprint,
            ["fingerprintVersion"] = locked.FingerprintVersion,
            ["revision"] = locked.Revision,
            ["platforms"] = List(locked.Platforms.Select(platform => platform.ToString()).Order(ByteOrder.Comparer)),
            ["staleness"] = pins.Freshness switch
            {
                null => "unknown",
                LockFreshness.Current => "current",
                _ => "stale",
            },
            ["reason"] = pins.Reason,
        };
        if (locked.Manifests is not { Count: 0 })
        {
            image["manifests"] = locked.Manifests is { } manifests ? Manifests(manifests) : null;
        }

        if (pins.RolledBack.Count > 0)
        {
            image["rolledBack"] = Map(pins.RolledBack, sentence => JsonValue.Create(sentence));
        }

        return image;
    }

    private static JsonObject Manifests(IReadOnlyDictionary<Platform, Digest> manifests) =>
        Map(
            manifests.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value, StringComparer.Ordinal),
            digest => JsonValue.Create(digest.ToString())
        );

    private static JsonArray List(IEnumerable<string> texts) =>
        [.. texts.Select(text => (JsonNode)JsonValue.Create(text))];

    private static JsonObject Map<T>(IReadOnlyDictionary<string, T> members, Func<T, JsonNode> write)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members.OrderBy(pair => pair.Key, ByteOrder.Comparer))
        {
            result[name] = write(value);
        }

        return result;
    }
}
