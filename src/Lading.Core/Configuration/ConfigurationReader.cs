using Lading.Configuration.Json;
using Lading.Oci;

namespace Lading.Configuration;

/// <summary>Reads <c>lading.json</c> strictly: anything it does not understand is an error, and all errors are reported at once.</summary>
internal static class ConfigurationReader
{
    /// <summary>Reads the bytes of a configuration, of the working tree or of a revision.</summary>
    /// <param name="json">UTF-8; comments and trailing commas are allowed.</param>
    /// <param name="displayPath">The file's name in errors.</param>
    /// <exception cref="LadingException">It has errors, each with its line, column and the valid choices.</exception>
    public static LadingConfiguration Read(ReadOnlyMemory<byte> json, string displayPath) =>
        Read(json, displayPath, InstalledProgram.Current);

    /// <summary>Reads the bytes of a configuration, as a given version of the program.</summary>
    /// <param name="json">UTF-8; comments and trailing commas are allowed.</param>
    /// <param name="displayPath">The file's name in errors.</param>
    /// <param name="program">The program that reads it.</param>
    /// <exception cref="LadingException">It has errors, or requires a newer program.</exception>
    internal static LadingConfiguration Read(ReadOnlyMemory<byte> json, string displayPath, InstalledProgram program)
    {
        var source = new DocumentText(json, displayPath);
        var problems = new Problems(source);
        var document = DocumentReader.Find(source, problems);
        problems.ThrowIfAny();
        var configuration = ReadRoot(new Field(document!, "", document!.Start, problems), displayPath, program);
        problems.ThrowIfAny();
        return configuration;
    }

    /// <summary>Whether a text is a valid name of an image or an environment.</summary>
    internal static bool IsName(string text) =>
        text.Length is > 0 and <= 63
        && text[0] != '-'
        && text[^1] != '-'
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>The entries of a map whose keys are names of images or environments.</summary>
    internal static IEnumerable<NamedField> NamedEntries(Field map, string what)
    {
        foreach (var (name, value) in map.Entries())
        {
            if (!IsName(name))
            {
                value.RejectKey(
                    $"is not a valid name for {what}",
                    "Expected lower-case letters, digits and '-', at most 63, beginning and ending with a letter or digit."
                );
            }

            yield return new NamedField(name, value);
        }
    }

    private static LadingConfiguration ReadRoot(Field field, string displayPath, InstalledProgram program)
    {
        var root = field.Object("lading.json");
        RequireVersion(root.Find("lading"), displayPath, program);
        root.Find("$schema")?.AnyText();
        var project = root.Require("project", "\"project\": \"storefront\", which repository names begin with")
            ?.Text(
                text => RepositoryName.TryParse(text, out _),
                "lower-case letters and digits, separated by '.', '_', '-' or '/'"
            );
        var images = root.Require("images", "\"images\": { \"web\": { \"context\": \"src/web\" } }");
        var aliases = root.Find("aliases");
        var environments = root.Find("environments");
        var check = root.Find("check");
        var retention = root.Find("retention");
        root.RejectOthers();
        var definitions = images is null
            ? new SortedDictionary<string, ImageDefinition>(StringComparer.Ordinal)
            : ImageReader.ReadAll(images, project ?? "");
        return new LadingConfiguration
        {
            Project = project ?? "",
            Images = definitions,
            Aliases = aliases?.DistinctTexts(AliasReader.Read) ?? [],
            Environments = EnvironmentReader.ReadAll(environments),
            Check = check is null ? CheckSettings.Strict : CheckSettingsReader.Read(check),
            Retention = retention is null ? RetentionSettings.Usual : RetentionReader.Read(retention, definitions),
        };
    }

    /// <summary>A newer file may have keys that this program does not know: the required version is checked first.</summary>
    private static void RequireVersion(Field? field, string displayPath, InstalledProgram program)
    {
        const string Expected = "the oldest version that will do, such as \">=0.2\" or \">=0.2.1\"";
        var text = field?.Text(each => RequiredVersion.TryParse(each, out _), Expected);
        if (text is not null && RequiredVersion.TryParse(text, out var required) && !required!.IsMetBy(program.Version))
        {
            throw LadingException.Usage(
                $"Could not read {displayPath}",
                $"it asks for Lading {required}, and this is {program.Number}",
                $"Update it: {program.Update}."
            );
        }
    }
}
