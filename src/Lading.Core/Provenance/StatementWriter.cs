using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lading.Git;
using Lading.Oci;

namespace Lading.Provenance;

/// <summary>
/// Writes an image's inputs as an in-toto statement with SLSA provenance (docs/provenance.md). The same inputs and the same image give
/// the same bytes: it includes neither times nor the machine.
/// </summary>
internal static class StatementWriter
{
    public const string StatementType = "https://in-toto.io/Statement/v1";
    public const string PredicateType = "https://slsa.dev/provenance/v1";
    public const string BuildType = "urn:lading:image:1";

    /// <summary>Marks links to a file that controls the build and is not copied into it.</summary>
    public const string ControlRole = "control";
    public const string Builder = "urn:lading:publish";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the statement of an image.</summary>
    /// <param name="inputs">The image's inputs.</param>
    /// <param name="repository">The repository it was published to.</param>
    /// <param name="subject">Its manifest or index.</param>
    /// <param name="version">Of Lading.</param>
    public static byte[] Write(ImageProvenance inputs, RepositoryName repository, Digest subject, string version)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("_type", StatementType);
            json.WriteStartArray("subject");
            json.WriteStartObject();
            json.WriteString("name", repository.Value);
            WriteDigest(json, subject.Algorithm.Name(), subject.Hex);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteString("predicateType", PredicateType);
            json.WriteStartObject("predicate");
            WriteDefinition(json, inputs);
            json.WriteStartObject("runDetails");
            json.WriteStartObject("builder");
            json.WriteString("id", Builder);
            json.WriteStartObject("version");
            json.WriteString("lading", version);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteDefinition(Utf8JsonWriter json, ImageProvenance inputs)
    {
        json.WriteStartObject("buildDefinition");
        json.WriteString("buildType", BuildType);
        json.WritePropertyName("externalParameters");
        inputs.Parameters.WriteTo(json);
        json.WriteStartObject("internalParameters");
        json.WriteString("fingerprint", inputs.Fingerprint.Hex);
        json.WriteNumber("fingerprintVersion", inputs.FingerprintVersion);
        json.WriteString("folder", GitUri.Of(inputs.Folder));
        json.WriteStartObject("contexts");
        foreach (var (name, folder) in inputs.ContextFolders.OrderBy(pair => pair.Key, ByteOrder.Comparer))
        {
            json.WriteString(name, GitUri.Of(folder));
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("resolvedDependencies");
        WriteDependencies(json, inputs);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDependencies(Utf8JsonWriter json, ImageProvenance inputs)
    {
        if (inputs.Commit is { } commit)
        {
            json.WriteStartObject();
            json.WriteString("name", "revision");
            WriteDigest(json, "gitCommit", commit.ToString());
            json.WriteEndObject();
        }

        if (inputs.Dockerfile is { } dockerfile)
        {
            json.WriteStartObject();
            json.WriteString("name", "dockerfile");
            json.WriteString("uri", GitUri.Of(dockerfile.FullPath));
            WriteDigest(json, dockerfile.Digest.Algorithm.Name(), dockerfile.Digest.Hex);
            json.WriteEndObject();
        }

        foreach (var each in inputs.Bases)
        {
            json.WriteStartObject();
            json.WriteString("name", each.Reference);
            if (ImageUri.Of(each.Reference) is { } uri)
            {
                json.WriteString("uri", uri);
            }

            if (each.Digest is { } digest)
            {
                WriteDigest(json, digest.Algorithm.Name(), digest.Hex);
            }

            json.WriteStartObject("annotations");
            json.WriteBoolean("pinned", each.IsPinned);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        foreach (var file in inputs.Files)
        {
            WriteFile(json, file, role: null);
        }

        foreach (var file in inputs.Trail)
        {
            WriteFile(json, file, ControlRole);
        }
    }

    /// <summary>Short, since there may be ten thousand of them: an ordinary file of the context is a path and an id.</summary>
    private static void WriteFile(Utf8JsonWriter json, FileRecord file, string? role)
    {
        json.WriteStartObject();
        json.WriteString("uri", GitUri.Of(file.FullPath));
        WriteDigest(json, file.Mode == EntryMode.Submodule ? "gitCommit" : "gitBlob", file.Id.ToString());
        if (file.Mode != EntryMode.File || file.Context.Length > 0 || role is not null)
        {
            json.WriteStartObject("annotations");
            if (file.Mode != EntryMode.File)
            {
                json.WriteString("mode", file.Mode.Octal());
            }

            if (file.Context.Length > 0)
            {
                json.WriteString("context", file.Context);
            }

            if (role is not null)
            {
                json.WriteString("role", role);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteDigest(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject("digest");
        json.WriteString(name, value);
        json.WriteEndObject();
    }
}
