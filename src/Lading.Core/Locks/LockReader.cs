using System.Text.Json;
using Lading.Git;

namespace Lading.Locks;

/// <summary>Reads the bytes of a lock strictly: each key once, none unknown, none missing, every value of its form.</summary>
internal static class LockReader
{
    /// <summary>The version that is written. Those before it are read for ever.</summary>
    public const int Version = 2;

    /// <param name="bytes">The file's content.</param>
    /// <param name="path">What errors call the file.</param>
    /// <exception cref="LadingException">Says the file, the line, what is wrong and how to get a good lock.</exception>
    public static ImageLock Parse(ReadOnlySpan<byte> bytes, string path)
    {
        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        try
        {
            // First, since a lock of another version may hold anything.
            var version = ReadVersion(new LockTokens(bytes, path));
            return ReadLock(new LockTokens(bytes, path), version);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second comes of a text that is not UTF-8, and names no line.
            var json = exception as JsonException;
            throw new LadingException(
                $"Could not read the lock {path}" + (json is null ? "" : $", line {(json.LineNumber ?? 0) + 1}"),
                json is null ? "a text in it is not UTF-8" : "it is no JSON",
                Remedy(path),
                innerException: exception
            );
        }
    }

    /// <summary>How to replace a lock that is missing or unreadable.</summary>
    public static string Remedy(string path) =>
        LockPath.FindEnvironment(path) is { } environment
            ? $"Run 'lading resolve --env {environment}' to write it anew."
            : $"Run 'lading resolve --env … --lock {path}' to write it anew.";

    private static int ReadVersion(LockTokens json)
    {
        json.Next();
        json.Expect(JsonTokenType.StartObject, "the lock", "an object");
        while (json.NextKey() is { } key)
        {
            json.Next();
            if (!string.Equals(key, "lockVersion", StringComparison.Ordinal))
            {
                json.Skip();
                continue;
            }

            var found = json.FindVersion() ?? throw json.Wrong("lockVersion is no version number");
            return found <= Version
                ? found
                : throw json.Failure(
                    $"it is of version {found}, written by a newer Lading; this one knows versions up to {Version}",
                    "Update Lading (the tool, and the Lading.Cdk package), or write the lock anew with this one: lading resolve."
                );
        }

        throw json.Wrong("lockVersion is missing");
    }

    private static ImageLock ReadLock(LockTokens json, int version)
    {
        string? environment = null;
        SortedDictionary<string, LockedImage>? images = null;
        json.Next();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (json.NextKey(seen) is { } key)
        {
            json.Next();
            switch (key)
            {
                case "lockVersion":
                    break;
                case "environment":
                    environment = json.Text(key);
                    break;
                case "images":
                    images = ReadImages(ref json, version);
                    break;
                default:
                    throw json.Wrong($"{key} is unknown here; known are lockVersion, environment and images");
            }
        }

        var result = new ImageLock(
            environment ?? throw json.Wrong("environment is missing"),
            images ?? throw json.Wrong("images is missing")
        );
        // Reads to the end: anything behind the closing brace is an error.
        json.Read();
        return result;
    }

    private static SortedDictionary<string, LockedImage> ReadImages(ref LockTokens json, int version)
    {
        json.Expect(JsonTokenType.StartObject, "images", "an object");
        var images = new SortedDictionary<string, LockedImage>(ByteOrder.Comparer);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (json.NextKey(seen) is { } name)
        {
            images[name] = LockedImageReader.Read(ref json, name, version);
        }

        return images;
    }
}
