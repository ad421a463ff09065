using System.Collections.ObjectModel;
using System.Text.Json;
using Lading.Configuration.Json;
using Lading.Git;
using Lading.Oci;

namespace Lading.Locks;

/// <summary>Parses the entry of an image in a lock.</summary>
internal static class LockedImageReader
{
    /// <param name="document">The lock.</param>
    /// <param name="entry">The image's name, and its entry.</param>
    /// <param name="version">The version of the lock.</param>
    /// <exception cref="LadingException">It has errors.</exception>
    public static LockedImage Read(LockContent document, Member entry, int version)
    {
        string? repository = null;
        Digest? digest = null;
        string? fingerprint = null;
        string? revision = null;
        var hasRevision = false;
        IReadOnlyList<Platform>? platforms = null;
        // Version 1 has neither of them.
        int? fingerprintVersion = version == 1 ? 1 : null;
        IReadOnlyDictionary<Platform, Digest>? manifests =
            version == 1 ? null : ReadOnlyDictionary<Platform, Digest>.Empty;
        foreach (var member in document.MembersOf(entry.Value, entry.Key))
        {
            switch (member.Key)
            {
                case "repository":
                    repository = RepositoryName.TryParse(document.Text(member), out var parsed)
                        ? parsed.Value
                        : throw document.NotA(member, "repository name");
                    break;
                case "digest":
                    digest = Digest.TryParse(document.Text(member), out var value)
                        ? value
                        : throw document.NotA(member, "digest");
                    break;
                case "fingerprint":
                    fingerprint = IsHex(document.Text(member), 64)
                        ? member.Value.Text
                        : throw document.NotA(member, "fingerprint of 64 hex digits");
                    break;
                case "revision":
                    hasRevision = true;
                    revision = member.Value.Kind == JsonValueKind.Null ? null : ReadRevision(document, member);
                    break;
                case "platforms":
                    platforms = ReadPlatforms(document, member);
                    break;
                case "fingerprintVersion" when version > 1:
                    fingerprintVersion = document.Version(member);
                    break;
                case "manifests" when version > 1:
                    manifests = member.Value.Kind == JsonValueKind.Null ? null : ReadManifests(document, member);
                    break;
                default:
                    throw document.Wrong(
                        member.Start,
                        $"{member.Key} is unknown here; known are repository, digest, fingerprint, "
                            + (
                                version > 1
                                    ? "fingerprintVersion, revision, platforms and manifests"
                                    : "revision and platforms"
                            )
                    );
            }
        }

        LadingException Lacks(string what) => document.Lacks(entry.Value, $"{entry.Key} has no {what}");
        return new LockedImage(
            repository ?? throw Lacks("repository"),
            digest ?? throw Lacks("digest"),
            fingerprint ?? throw Lacks("fingerprint"),
            hasRevision ? revision : throw Lacks("revision (null says that there is none)"),
            platforms ?? throw Lacks("platforms")
        )
        {
            FingerprintVersion = fingerprintVersion ?? throw Lacks("fingerprintVersion"),
            Manifests = manifests,
        };
    }

    private static string ReadRevision(LockContent document, Member member)
    {
        var text = document.Text(member);
        return IsHex(text, 40) || IsHex(text, 64) ? text : throw document.NotA(member, "full commit hash");
    }

    private static List<Platform> ReadPlatforms(LockContent document, Member member)
    {
        var platforms = new SortedDictionary<string, Platform>(ByteOrder.Comparer);
        foreach (var item in document.ItemsOf(member))
        {
            var platform = Platform.TryParse(document.Text("a platform", item), out var parsed)
                ? parsed
                : throw document.Wrong(item.Start, "platforms is not a list of platforms such as linux/amd64");
            platforms[platform.ToString()] = platform;
        }

        return [.. platforms.Values];
    }

    private static Dictionary<Platform, Digest> ReadManifests(LockContent document, Member member)
    {
        var manifests = new SortedDictionary<string, (Platform, Digest)>(ByteOrder.Comparer);
        foreach (var each in document.MembersOf(member.Value, "manifests"))
        {
            var platform = Platform.TryParse(each.Key, out var parsed)
                ? parsed
                : throw document.Wrong(each.Start, $"{each.Key} in manifests is not a platform such as linux/amd64");
            var digest = Digest.TryParse(document.Text(each), out var value)
                ? value
                : throw document.NotA(each, "digest");
            if (!manifests.TryAdd(platform.ToString(), (platform, digest)))
            {
                throw document.Wrong(each.Start, $"{platform} is given twice");
            }
        }

        return manifests.Values.ToDictionary(pair => pair.Item1, pair => pair.Item2);
    }

    private static bool IsHex(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigitLower);
}
