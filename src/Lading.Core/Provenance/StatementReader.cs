using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lading.Configuration.Proposals;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Oci;

namespace Lading.Provenance;

/// <summary>Parses a statement of <see cref="StatementWriter"/>, possibly of a later version.</summary>
internal static class StatementReader
{
    /// <summary>Parses a statement.</summary>
    /// <param name="statement">UTF-8.</param>
    /// <param name="subject">The image that it must refer to.</param>
    /// <exception cref="FormatException">It is not a statement, refers to another image, or has another type.</exception>
    public static ImageProvenance Parse(ReadOnlyMemory<byte> statement, Digest subject)
    {
        try
        {
            using var document = JsonDocument.Parse(statement);
            return Read(document.RootElement, subject);
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"The statement is not understood: {JsonFault.Of(e)}", e);
        }
    }

    private static ImageProvenance Read(JsonElement root, Digest subject)
    {
        var type = Text(root, "_type");
        var predicate = Text(root, "predicateType");
        var definition = root.GetProperty("predicate").GetProperty("buildDefinition");
        if (
            type != StatementWriter.StatementType
            || predicate != StatementWriter.PredicateType
            || Text(definition, "buildType") != StatementWriter.BuildType
        )
        {
            throw new FormatException("The statement is of another type.");
        }

        var isAboutSubject = root.GetProperty("subject")
            .EnumerateArray()
            .Any(each =>
                each.GetProperty("digest").TryGetProperty(subject.Algorithm.Name(), out var hex)
                && hex.GetString() == subject.Hex
            );
        if (!isAboutSubject)
        {
            throw new FormatException($"The statement is not about {subject}.");
        }

        var parameters = JsonObject.Create(definition.GetProperty("externalParameters").Clone())!;
        var inner = definition.GetProperty("internalParameters");
        var version = inner.GetProperty("fingerprintVersion").GetInt32();
        if (version > FingerprintVersion.Latest)
        {
            throw new FormatException(
                $"Its inputs were found by version {version} of the rules, and this Lading knows version {FingerprintVersion.Latest}."
            );
        }

        var list = new ImageProvenance
        {
            Image = Text(definition.GetProperty("externalParameters"), "image"),
            Fingerprint = Fingerprint.Parse(Text(inner, "fingerprint")),
            FingerprintVersion = version,
            Commit = null,
            Parameters = parameters,
            Bases = [],
            Dockerfile = null,
            Folder = GitUri.PathOf(Text(inner, "folder")),
            ContextFolders = inner
                .GetProperty("contexts")
                .EnumerateObject()
                .ToDictionary(
                    each => each.Name,
                    each => GitUri.PathOf(each.Value.GetString()!),
                    StringComparer.Ordinal
                ),
            Files = [],
        };
        return ReadDependencies(list, definition.GetProperty("resolvedDependencies"));
    }

    private static ImageProvenance ReadDependencies(ImageProvenance list, JsonElement dependencies)
    {
        var bases = new List<BaseRecord>();
        var files = new List<FileRecord>();
        var trail = new List<FileRecord>();
        foreach (var each in dependencies.EnumerateArray())
        {
            var name = each.FindText("name");
            if (name is null)
            {
                var isTrail = Role(each) == StatementWriter.ControlRole;
                (isTrail ? trail : files).Add(ReadFile(list, each));
            }
            else if (name == "revision")
            {
                list = list with { Commit = ObjectId.Parse(Text(each.GetProperty("digest"), "gitCommit")) };
            }
            else if (name == "dockerfile")
            {
                var path = GitUri.PathOf(Text(each, "uri"));
                list = list with { Dockerfile = new DockerfileRecord(path, DigestOf(each)!.Value) };
            }
            else
            {
                var isPinned = each.GetProperty("annotations").GetProperty("pinned").GetBoolean();
                bases.Add(new BaseRecord(name, DigestOf(each), isPinned));
            }
        }

        return list with
        {
            Bases = bases,
            Files = files,
            Trail = trail,
        };
    }

    private static FileRecord ReadFile(ImageProvenance list, JsonElement file)
    {
        var path = GitUri.PathOf(Text(file, "uri"));
        var annotations = file.TryGetProperty("annotations", out var found) ? found : default;
        var context = annotations.ValueKind == JsonValueKind.Object ? annotations.FindText("context") ?? "" : "";
        var mode = annotations.ValueKind == JsonValueKind.Object ? annotations.FindText("mode") : null;
        var folder = context.Length == 0 ? list.Folder : list.ContextFolders.GetValueOrDefault(context, "");
        var digest = file.GetProperty("digest");
        return new FileRecord(
            context,
            path.StartsWith(folder, StringComparison.Ordinal) ? path[folder.Length..] : RelativePath.From(folder, path),
            path,
            ModeOf(mode),
            ObjectId.Parse(digest.FindText("gitBlob") ?? Text(digest, "gitCommit"))
        );
    }

    private static string? Role(JsonElement file) =>
        file.TryGetProperty("annotations", out var annotations) ? annotations.FindText("role") : null;

    private static EntryMode ModeOf(string? octal) =>
        octal is null
            ? EntryMode.File
            : Array.Find(
                [EntryMode.File, EntryMode.Executable, EntryMode.SymbolicLink, EntryMode.Submodule],
                mode => Encoding.ASCII.GetString(mode.Octal()) == octal
            );

    private static Digest? DigestOf(JsonElement each) =>
        each.TryGetProperty("digest", out var digest) && digest.EnumerateObject().FirstOrDefault() is var first
            ? Digest.Parse($"{first.Name}:{first.Value.GetString()}")
            : null;

    private static string Text(JsonElement element, string name) =>
        element.FindText(name) ?? throw new FormatException($"The statement has no {name}.");
}
