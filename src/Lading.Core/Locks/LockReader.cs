using System.Text.Json;
using Lading.Git;
using Lading.Oci;

namespace Lading.Locks;

/// <summary>Reads the bytes of a lock strictly: each key once, none unknown, none missing, every value of its form.</summary>
internal ref struct LockReader
{
    public const int Version = 1;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly string path;
    private Utf8JsonReader json;

    private LockReader(ReadOnlySpan<byte> bytes, string path)
    {
        this.bytes = bytes;
        this.path = path;
        json = new Utf8JsonReader(bytes);
    }

    /// <param name="bytes">The file's content.</param>
    /// <param name="path">What errors call the file.</param>
    /// <exception cref="LadingException">Says the file, the line, what is wrong and how to get a good lock.</exception>
    public static ImageLock Parse(ReadOnlySpan<byte> bytes, string path)
    {
        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        try
        {
            // First, since a lock of another version may hold anything.
            new LockReader(bytes, path).CheckVersion();
            return new LockReader(bytes, path).ReadLock();
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

    /// <summary>What mends a lock that is missing or unreadable.</summary>
    public static string Remedy(string path) =>
        LockPath.FindEnvironment(path) is { } environment
            ? $"Run 'lading resolve --env {environment}' to write it anew."
            : $"Run 'lading resolve --env … --lock {path}' to write it anew.";

    private void CheckVersion()
    {
        Next();
        Expect(JsonTokenType.StartObject, "the lock", "an object");
        while (NextKey() is { } key)
        {
            Next();
            if (!string.Equals(key, "lockVersion", StringComparison.Ordinal))
            {
                json.Skip();
                continue;
            }

            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var version) || version < 1)
            {
                throw Wrong("lockVersion is no version number");
            }

            if (version != Version)
            {
                throw Failure(
                    $"it is of version {version}, written by a newer Lading; this one knows version {Version}",
                    "Update Lading (the tool, and the Lading.Cdk package), or write the lock anew with this one: lading resolve."
                );
            }

            return;
        }

        throw Wrong("lockVersion is missing");
    }

    private ImageLock ReadLock()
    {
        string? environment = null;
        SortedDictionary<string, LockedImage>? images = null;
        Next();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (NextKey(seen) is { } key)
        {
            Next();
            switch (key)
            {
                case "lockVersion":
                    break;
                case "environment":
                    environment = Text(key);
                    break;
                case "images":
                    images = ReadImages();
                    break;
                default:
                    throw Wrong($"{key} is unknown here; known are lockVersion, environment and images");
            }
        }

        var result = new ImageLock(
            environment ?? throw Wrong("environment is missing"),
            images ?? throw Wrong("images is missing")
        );
        // Reads to the end: anything behind the closing brace is an error.
        json.Read();
        return result;
    }

    private SortedDictionary<string, LockedImage> ReadImages()
    {
        Expect(JsonTokenType.StartObject, "images", "an object");
        var images = new SortedDictionary<string, LockedImage>(ByteOrder.Comparer);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (NextKey(seen) is { } name)
        {
            images[name] = ReadImage(name);
        }

        return images;
    }

    private LockedImage ReadImage(string name)
    {
        Next();
        Expect(JsonTokenType.StartObject, name, "an object");
        string? repository = null;
        Digest? digest = null;
        string? fingerprint = null;
        string? revision = null;
        IReadOnlyList<Platform>? platforms = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (NextKey(seen) is { } key)
        {
            Next();
            switch (key)
            {
                case "repository":
                    repository = RepositoryName.TryParse(Text(key), out var parsed)
                        ? parsed.Value
                        : throw NotA(key, "repository name");
                    break;
                case "digest":
                    digest = Digest.TryParse(Text(key), out var value) ? value : throw NotA(key, "digest");
                    break;
                case "fingerprint":
                    fingerprint = IsHex(Text(key), 64) ? Text(key) : throw NotA(key, "fingerprint of 64 hex digits");
                    break;
                case "revision":
                    revision = json.TokenType == JsonTokenType.Null ? null : ReadRevision();
                    break;
                case "platforms":
                    platforms = ReadPlatforms();
                    break;
                default:
                    throw Wrong(
                        $"{key} is unknown here; known are repository, digest, fingerprint, revision and platforms"
                    );
            }
        }

        return new LockedImage(
            repository ?? throw Wrong($"{name} has no repository"),
            digest ?? throw Wrong($"{name} has no digest"),
            fingerprint ?? throw Wrong($"{name} has no fingerprint"),
            seen.Contains("revision")
                ? revision
                : throw Wrong($"{name} has no revision (null says that there is none)"),
            platforms ?? throw Wrong($"{name} has no platforms")
        );
    }

    private string ReadRevision()
    {
        var text = Text("revision");
        return IsHex(text, 40) || IsHex(text, 64) ? text : throw NotA("revision", "full commit hash");
    }

    private List<Platform> ReadPlatforms()
    {
        Expect(JsonTokenType.StartArray, "platforms", "a list");
        var platforms = new SortedDictionary<string, Platform>(ByteOrder.Comparer);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var platform = Platform.TryParse(Text("a platform"), out var parsed)
                ? parsed
                : throw NotA("platforms", "list of platforms such as linux/amd64");
            platforms[platform.ToString()] = platform;
        }

        return platforms.Count > 0 ? [.. platforms.Values] : throw Wrong("platforms is empty");
    }

    private static bool IsHex(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigitLower);

    private void Next()
    {
        if (!json.Read())
        {
            throw Wrong("it ends too early");
        }
    }

    /// <summary>The next key of an object; null at its end.</summary>
    private string? NextKey(HashSet<string>? seen = null)
    {
        Next();
        if (json.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        var key = json.GetString()!;
        return seen is null || seen.Add(key) ? key : throw Wrong($"{key} is there twice");
    }

    private readonly string Text(string key)
    {
        Expect(JsonTokenType.String, key, "a text");
        return json.GetString() is { Length: > 0 } text ? text : throw Wrong($"{key} is empty");
    }

    private readonly void Expect(JsonTokenType type, string what, string expected)
    {
        if (json.TokenType != type)
        {
            throw Wrong($"{what} is not {expected}");
        }
    }

    private readonly LadingException NotA(string key, string expected) => Wrong($"{key} is no {expected}");

    private readonly LadingException Wrong(string what) => Failure(what, Remedy(path));

    private readonly LadingException Failure(string what, string remedy)
    {
        var line = 1 + bytes[..(int)json.TokenStartIndex].Count((byte)'\n');
        return new LadingException($"Could not read the lock {path}, line {line}", what, remedy);
    }
}
