using System.Globalization;
using Lading.Configuration.Json;
using Lading.Oci;

namespace Lading.Configuration;

/// <summary>Reads <c>retention</c>.</summary>
internal static class RetentionReader
{
    /// <summary>The number of versions that SSM keeps of a record.</summary>
    private const int MaxReleases = 100;

    /// <summary>Ten years: a larger number is a mistake, and could overflow dates.</summary>
    public const int MostDays = 3650;

    /// <summary>The format of days in messages.</summary>
    public const string DateExample = "a day, such as 2027-03-31";

    public static RetentionSettings Read(Field field, IReadOnlyDictionary<string, ImageDefinition> images)
    {
        var usual = RetentionSettings.Usual;
        var fields = field.Object("what clean-up keeps");
        var settings = new RetentionSettings
        {
            Releases = Number(fields.Find("releases"), usual.Releases, 1, MaxReleases),
            Days = Number(fields.Find("days"), usual.Days, 0, MostDays),
            PulledDays = Number(fields.Find("pulledDays"), usual.PulledDays, 0, MostDays),
            GraceDays = Number(fields.Find("graceDays"), usual.GraceDays, 1, MostDays),
            KeepTags = fields.Find("keepTags")?.DistinctTexts(Pattern) ?? [],
            Keep = [.. (fields.Find("keep")?.List() ?? []).Select(item => Kept(item, images)).OfType<KeptImage>()],
            Exceptions = [.. (fields.Find("exceptions")?.List() ?? []).Select(Exception).OfType<RetentionException>()],
            Locks = fields.Find("locks")?.DistinctTexts(PathReader.Folder) ?? [],
            References = fields.Find("references") is { } references ? References(references) : null,
        };
        fields.RejectOthers();
        return settings;
    }

    /// <summary>A day in its only format, <c>2027-03-31</c>.</summary>
    public static bool TryParseDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>Parses <c>web@sha256:…</c>: an image of the configuration, or otherwise a repository, and a digest.</summary>
    /// <returns>What is wrong with it; null if it is valid.</returns>
    public static string? ReadImage(
        string text,
        IReadOnlyDictionary<string, ImageDefinition> images,
        out RepositoryName repository,
        out Digest digest
    )
    {
        const string Expected =
            "Expected an image of lading.json, or a repository, with a digest: \"web@sha256:…\" with all 64 digits.";
        (repository, digest) = (default, default);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || !Digest.TryParse(text[(at + 1)..], out digest))
        {
            return Expected;
        }

        var name = text[..at];
        if (images.TryGetValue(name, out var image))
        {
            repository = image.Repository;
            return null;
        }

        if (
            RepositoryName.TryParse(name, out repository)
            && (WithoutHost(name) is null || images.Values.Any(each => each.Repository.Value == name))
        )
        {
            return name.Contains('/', StringComparison.Ordinal) ? null : Suggestions.Choose(name, images.Keys);
        }

        return WithoutHost(name) is { } inside
            ? $"Leave out the registry: \"{inside}@{digest}\" keeps it in each."
            : Expected;
    }

    /// <summary>The repository in a name that begins with a registry's host; null for any other name.</summary>
    private static RepositoryName? WithoutHost(string name) =>
        ImageReference.TryParse(name, out var reference)
        && name.StartsWith(reference.Host + "/", StringComparison.OrdinalIgnoreCase)
            ? reference.Repository
            : null;

    private static int Number(Field? field, int usual, int least, int most)
    {
        if (field is null)
        {
            return usual;
        }

        var number = field.Count();
        if (field.Node.Kind == System.Text.Json.JsonValueKind.Number && (number < least || number > most))
        {
            field.Reject($"is {field.Node.Text}", $"Expected a whole number from {least} to {most}.");
        }

        return number;
    }

    private static string Pattern(Field field) =>
        field.Text(
            text => Tag.TryParse(text.Replace('*', 'x'), out _) && text.Any(c => c != '*'),
            "a tag, in which '*' is any text, such as v*"
        );

    private static KeptImage? Kept(Field field, IReadOnlyDictionary<string, ImageDefinition> images)
    {
        var fields = field.Object("an image that is kept");
        var image = fields.Require("image", "\"image\": \"web@sha256:…\"");
        var (until, reason) = UntilAndReason(fields);
        fields.RejectOthers();
        var text = image?.Text() ?? "";
        if (text.Length == 0)
        {
            return null;
        }

        if (ReadImage(text, images, out var repository, out var digest) is { } problem)
        {
            image!.RejectText(problem);
            return null;
        }

        return new KeptImage(repository, digest, until, reason);
    }

    private static RetentionException? Exception(Field field)
    {
        var fields = field.Object("an exception");
        var of = fields.Require(
            "of",
            "\"of\": \"account 333333333333\", as 'lading prune' names what it does not know"
        );
        var repository = fields.Find("repository")?.Text(text => RepositoryName.TryParse(text, out _), "a repository");
        var (until, reason) = UntilAndReason(fields);
        fields.RejectOthers();
        return of is null
            ? null
            : new RetentionException(
                of.Text(),
                RepositoryName.TryParse(repository, out var name) ? name : null,
                until,
                reason
            );
    }

    private static (DateOnly Until, string Reason) UntilAndReason(FieldSet fields)
    {
        var until = fields.Require("until", "\"until\": \"2027-03-31\", the last day of it");
        var reason = fields.Require("reason", "\"reason\": \"…\", for the next reader");
        var day = until?.Text(text => TryParseDay(text, out _), DateExample) ?? "";
        return (
            TryParseDay(day, out var parsed) ? parsed : default,
            reason?.Text(text => text.Trim().Length > 0, "words") ?? ""
        );
    }

    private static ReferenceList References(Field field)
    {
        var fields = field.Object("a list of references");
        var (file, command) = (fields.Find("file"), fields.Find("command"));
        if (file is null && command is null && field.Node.Kind == System.Text.Json.JsonValueKind.Object)
        {
            field.Reject(
                "does not say where the references are",
                "Write { \"file\": \"ops/images.txt\" } or { \"command\": \"./list-images\" }."
            );
        }

        fields.RejectOthers();
        return new ReferenceList(file is null ? null : PathReader.File(file), command?.Text());
    }
}
