using System.Text.Json;
using Lading.Configuration.Json;
using Lading.Oci;

namespace Lading.Configuration;

/// <summary>Reads <c>lading.bases.json</c> as strictly as <c>lading.json</c>.</summary>
internal static class BasePinsReader
{
    /// <summary>The version that every Lading reads: digests and <c>onBuild</c>.</summary>
    public const int First = 1;

    /// <summary>With <c>env</c>.</summary>
    public const int Latest = 2;

    /// <summary>Reads the bytes of base pins, of the working tree or of a revision.</summary>
    /// <param name="json">UTF-8; comments and trailing commas are allowed.</param>
    /// <param name="displayPath">The file's name in errors.</param>
    /// <exception cref="LadingException">It has errors, each with its line and column.</exception>
    public static BasePins Read(ReadOnlyMemory<byte> json, string displayPath)
    {
        var problems = new Problems(new DocumentText(json, displayPath));
        var document = DocumentReader.Find(new DocumentText(json, displayPath), problems);
        problems.ThrowIfAny();
        var root = new Field(document!, "", document!.Start, problems).Object("lading.bases.json");
        var version = VersionOf(root.Require("basesVersion", "\"basesVersion\": 1"));
        // A newer file may contain anything: one error says so.
        problems.ThrowIfAny();
        var bases = root.Require("bases", "\"bases\": { }");
        root.RejectOthers();
        var pins = new SortedDictionary<string, BasePin>(StringComparer.Ordinal);
        foreach (var (reference, value) in bases?.Entries() ?? [])
        {
            pins[reference] = ReadPin(reference, value, version);
        }

        problems.ThrowIfAny();
        return new BasePins(pins);
    }

    private static int VersionOf(Field? field)
    {
        if (field is { Node.Kind: JsonValueKind.Number } && field.Node.Text is not ("1" or "2"))
        {
            field.Reject(
                $"is {field.Node.Text}, and this Lading knows versions {First} and {Latest}",
                "A newer version of Lading wrote the file: update Lading."
            );
        }

        return field?.Count() ?? First;
    }

    private static BasePin ReadPin(string reference, Field field, int version)
    {
        if (!ImageReference.TryParse(reference, out _))
        {
            field.RejectKey(
                "is not the reference of an image",
                "Expected one as Dockerfiles have it, such as docker.io/library/busybox:1.36."
            );
        }

        var fields = field.Object("a pinned base");
        var digest = fields.Require("digest", "\"digest\": \"sha256:…\", or let 'lading bases update' write the entry");
        var text = digest?.Text(value => Digest.TryParse(value, out _), "sha256: and 64 lower-case hex digits");
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0 && text is { Length: > 0 } && reference[(at + 1)..] != text)
        {
            digest!.Reject(
                "differs from the digest in the reference",
                "Remove the entry, or let 'lading bases update' write it."
            );
        }

        var onBuild = fields.Find("onBuild")?.Truth();
        var env = version < Latest ? null : fields.Find("env");
        fields.RejectOthers();
        return new BasePin(Digest.TryParse(text, out var parsed) ? parsed : default, onBuild, ReadEnv(env));
    }

    private static SortedDictionary<string, string?>? ReadEnv(Field? field)
    {
        if (field is null)
        {
            return null;
        }

        var env = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in field.Entries())
        {
            env[name] = value.Node.Kind == JsonValueKind.Null ? null : value.AnyText();
        }

        return env;
    }
}
