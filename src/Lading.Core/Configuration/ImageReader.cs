using Lading.Configuration.Json;
using Lading.Git;
using Lading.Oci;

namespace Lading.Configuration;

/// <summary>Reads <c>images</c>: the keys common to all kinds of images, and the kind of each.</summary>
internal static class ImageReader
{
    private static readonly string[] Kinds = ["assemble", "context", "from"];

    public static IReadOnlyDictionary<string, ImageDefinition> ReadAll(Field field, string project)
    {
        var images = new SortedDictionary<string, ImageDefinition>(StringComparer.Ordinal);
        var repositories = new Dictionary<RepositoryName, string>();
        foreach (var (name, value) in ConfigurationReader.NamedEntries(field, "an image"))
        {
            if (Read(name, value, project) is not { } image)
            {
                continue;
            }

            images.Add(name, image);
            if (image.Repository.Value is not null && !repositories.TryAdd(image.Repository, name))
            {
                value.Reject(
                    $"shares the repository of images.{repositories[image.Repository]}, {image.Repository}",
                    "Give each image its own repository: otherwise their revisions and aliases hide each other."
                );
            }
        }

        return images;
    }

    private static ImageDefinition? Read(string name, Field field, string project)
    {
        var members = field.Node.Members.Select(member => member.Key).ToList();
        var kinds = Kinds.Where(members.Contains).ToList();
        var kind = kinds.FirstOrDefault() ?? (members.Contains("dockerfile") ? "context" : null);
        if (kinds.Count > 1)
        {
            field.RejectKey(
                $"has {string.Join(" and ", kinds)}; an image has only one of them",
                "Keep one: context (a Dockerfile), assemble (put together without an engine) or from (a third-party image to mirror)."
            );
            return null;
        }

        var fields = field.Object(Describe(kind));
        if (kind is null)
        {
            if (field.Node.Kind == System.Text.Json.JsonValueKind.Object)
            {
                var meant = members
                    .Select(key => ClosestMatch.Find(key, Kinds))
                    .FirstOrDefault(near => near is not null);
                field.RejectKey(
                    "does not say how the image is made",
                    (meant is null ? "" : $"Did you mean {meant}? ")
                        + "Add one: context (a Dockerfile), assemble (put together without an engine) or from (a third-party image to mirror)."
                );
            }

            return null;
        }

        ImageDefinition image = kind switch
        {
            "context" => BuiltImageReader.Read(name, fields),
            "assemble" => AssembledImageReader.Read(name, fields),
            _ => MirroredImageReader.Read(name, fields),
        };
        image = image with
        {
            Repository = ReadRepository(fields.Find("repository"), project, name),
            Platforms = fields.Find("platforms") is { } platforms ? PlatformReader.ReadAll(platforms) : image.Platforms,
            Epoch = fields.Find("epoch")?.Count() ?? 0,
            Hold = fields.Find("hold") is { } hold ? ReadHold(hold) : null,
        };
        fields.RejectOthers(key => Elsewhere(key, kind));
        return image;
    }

    private static RepositoryName ReadRepository(Field? field, string project, string name)
    {
        field?.Text(
            text => RepositoryName.TryParse(text, out _),
            "lower-case letters and digits, separated by '.', '_', '-' or '/', such as storefront/web; the registry comes from the environment"
        );
        return RepositoryName.TryParse(field?.Node.Text ?? $"{project}/{name}", out var repository)
            ? repository
            : default;
    }

    private static Hold ReadHold(Field field)
    {
        var fields = field.Object("a hold");
        var revision = fields
            .Require("revision", "\"revision\": \"<full commit hash>\"")
            ?.Text(IsRevision, "a full commit hash: 40 (or 64) lower-case hex digits. 'lading pin' looks it up");
        var reason = fields.Require("reason", "\"reason\": \"why it is held back\"")?.Text();
        fields.RejectOthers();
        return new Hold(revision ?? "", reason ?? "");
    }

    private static bool IsRevision(string text) =>
        ObjectId.TryParse(text, out var id) && string.Equals(id.ToString(), text, StringComparison.Ordinal);

    private static string Describe(string? kind) =>
        kind switch
        {
            "context" => "an image built from a Dockerfile",
            "assemble" => "an assembled image",
            "from" => "a mirrored image",
            _ => "an image",
        };

    private static string? Elsewhere(string key, string kind)
    {
        if (kind != "context" && BuiltImageReader.Keys.Contains(key, StringComparer.Ordinal))
        {
            return $"It belongs to {Describe("context")}, one with a context.";
        }

        return kind != "assemble" && AssembledImageReader.Keys.Contains(key, StringComparer.Ordinal)
            ? $"It belongs in the assemble of {Describe("assemble")}."
            : null;
    }
}
