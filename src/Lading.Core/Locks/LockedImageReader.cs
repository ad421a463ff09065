using System.Collections.ObjectModel;
using System.Text.Json;
using Lading.Git;
using Lading.Oci;

namespace Lading.Locks;

/// <summary>Reads one image of a lock.</summary>
internal static class LockedImageReader
{
    /// <summary>Reads the entry that comes next.</summary>
    public static LockedImage Read(ref LockTokens json, string name, int version)
    {
        json.Next();
        json.Expect(JsonTokenType.StartObject, name, "an object");
        string? repository = null;
        Digest? digest = null;
        string? fingerprint = null;
        string? revision = null;
        IReadOnlyList<Platform>? platforms = null;
        // Version 1 knows neither of them.
        var fingerprintVersion = 1;
        IReadOnlyDictionary<Platform, Digest>? manifests =
            version == 1 ? null : ReadOnlyDictionary<Platform, Digest>.Empty;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (json.NextKey(seen) is { } key)
        {
            json.Next();
            switch (key)
            {
                case "repository":
                    repository = RepositoryName.TryParse(json.Text(key), out var parsed)
                        ? parsed.Value
                        : throw json.NotA(key, "repository name");
                    break;
                case "digest":
                    digest = Digest.TryParse(json.Text(key), out var value) ? value : throw json.NotA(key, "digest");
                    break;
                case "fingerprint":
                    fingerprint = IsHex(json.Text(key), 64)
                        ? json.Text(key)
                        : throw json.NotA(key, "fingerprint of 64 hex digits");
                    break;
                case "revision":
                    revision = json.Type == JsonTokenType.Null ? null : ReadRevision(ref json);
                    break;
                case "platforms":
                    platforms = ReadPlatforms(ref json);
                    break;
                case "fingerprintVersion" when version > 1:
                    fingerprintVersion = json.FindVersion() ?? throw json.NotA(key, "version number");
                    break;
                case "manifests" when version > 1:
                    manifests = json.Type == JsonTokenType.Null ? null : ReadManifests(ref json);
                    break;
                default:
                    throw json.Wrong(
                        $"{key} is unknown here; known are repository, digest, fingerprint, "
                            + (
                                version > 1
                                    ? "fingerprintVersion, revision, platforms and manifests"
                                    : "revision and platforms"
                            )
                    );
            }
        }

        return new LockedImage(
            repository ?? throw json.Wrong($"{name} has no repository"),
            digest ?? throw json.Wrong($"{name} has no digest"),
            fingerprint ?? throw json.Wrong($"{name} has no fingerprint"),
            seen.Contains("revision")
                ? revision
                : throw json.Wrong($"{name} has no revision (null says that there is none)"),
            platforms ?? throw json.Wrong($"{name} has no platforms")
        )
        {
            FingerprintVersion =
                version == 1 || seen.Contains("fingerprintVersion")
                    ? fingerprintVersion
                    : throw json.Wrong($"{name} has no fingerprintVersion"),
            Manifests = manifests,
        };
    }

    private static string ReadRevision(ref LockTokens json)
    {
        var text = json.Text("revision");
        return IsHex(text, 40) || IsHex(text, 64) ? text : throw json.NotA("revision", "full commit hash");
    }

    private static List<Platform> ReadPlatforms(ref LockTokens json)
    {
        json.Expect(JsonTokenType.StartArray, "platforms", "a list");
        var platforms = new SortedDictionary<string, Platform>(ByteOrder.Comparer);
        while (json.Read() && json.Type != JsonTokenType.EndArray)
        {
            var platform = Platform.TryParse(json.Text("a platform"), out var parsed)
                ? parsed
                : throw json.NotA("platforms", "list of platforms such as linux/amd64");
            platforms[platform.ToString()] = platform;
        }

        return [.. platforms.Values];
    }

    private static Dictionary<Platform, Digest> ReadManifests(ref LockTokens json)
    {
        json.Expect(JsonTokenType.StartObject, "manifests", "an object");
        var manifests = new SortedDictionary<string, (Platform, Digest)>(ByteOrder.Comparer);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (json.NextKey(seen) is { } key)
        {
            json.Next();
            var platform = Platform.TryParse(key, out var parsed)
                ? parsed
                : throw json.Wrong($"{key} in manifests is no platform such as linux/amd64");
            var digest = Digest.TryParse(json.Text(key), out var value) ? value : throw json.NotA(key, "digest");
            if (!manifests.TryAdd(platform.ToString(), (platform, digest)))
            {
                throw json.Wrong($"{platform} is there twice");
            }
        }

        return manifests.Values.ToDictionary(pair => pair.Item1, pair => pair.Item2);
    }

    private static bool IsHex(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigitLower);
}
