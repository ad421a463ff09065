using System.Text;
using System.Text.RegularExpressions;
using Lading.Context;

namespace Lading.Configuration.Proposals;

/// <summary>
/// Finds builds of Dockerfiles in compose files, bake files, CDK code and GitHub workflows. Only literals are recognized: anything with
/// a variable is skipped, and <c>init</c> guesses.
/// </summary>
internal static partial class DeclaredBuilds
{
    /// <summary>Larger files are assumed to be generated.</summary>
    private const int MaxBytes = 512 * 1024;

    private static readonly string[] CodeEndings = [".ts", ".js", ".mts", ".mjs", ".cs", ".fs", ".py", ".java", ".go"];

    /// <summary>Builds in order of precedence.</summary>
    public static IReadOnlyList<DeclaredBuild> Find(TrackedFiles files, Func<string, byte[]> read)
    {
        var apps = files
            .Files.Where(path => TrackedFiles.NameOf(path) == AppFolder.CdkFile)
            .Select(TrackedFiles.FolderOf)
            .ToList();
        return
        [
            .. Of(files.Files.Where(IsCompose), InCompose).Select(build => build with { IsForTrying = true }),
            .. Of(
                files.Files.Where(path => TrackedFiles.NameOf(path) is "docker-bake.hcl" or "docker-bake.override.hcl"),
                BakeFile.InHcl
            ),
            .. Of(
                files.Files.Where(path =>
                    TrackedFiles.NameOf(path) is "docker-bake.json" or "docker-bake.override.json"
                ),
                BakeFile.InJson
            ),
            .. apps.SelectMany(app =>
                Of(files.Files.Where(path => IsCodeOf(path, app)), (path, text) => InCode(app, path, text))
            ),
            .. Of(files.Files.Where(IsWorkflow), InWorkflow),
        ];

        IEnumerable<DeclaredBuild> Of(
            IEnumerable<string> paths,
            Func<string, string, IEnumerable<DeclaredBuild?>> find
        ) =>
            paths
                .SelectMany(path => find(path, TextOf(path)))
                .OfType<DeclaredBuild>()
                .Where(build => files.Has("", build.Dockerfile));

        string TextOf(string path)
        {
            try
            {
                var bytes = read(path);
                return bytes.Length > MaxBytes ? "" : Encoding.UTF8.GetString(bytes);
            }
            catch (LadingException)
            {
                return "";
            }
        }
    }

    private static bool IsCompose(string path) => ComposeName().IsMatch(TrackedFiles.NameOf(path));

    private static bool IsWorkflow(string path) =>
        path.StartsWith(".github/workflows/", StringComparison.Ordinal)
        && (path.EndsWith(".yml", StringComparison.Ordinal) || path.EndsWith(".yaml", StringComparison.Ordinal));

    private static bool IsCodeOf(string path, string app) =>
        (app.Length == 0 || path.StartsWith(app + "/", StringComparison.Ordinal))
        && CodeEndings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal))
        && !path.Split('/').Any(folder => folder is "node_modules" or "cdk.out");

    private static IEnumerable<DeclaredBuild?> InCompose(string path, string text)
    {
        foreach (Match match in FlowBuild().Matches(text))
        {
            yield return DeclaredBuild.OfFields(path, FieldsIn(match.Groups["fields"].Value));
        }

        foreach (var block in YamlBlock.Of(text, "build"))
        {
            yield return block.Value is { } context
                ? DeclaredBuild.Find(path, context, null)
                : DeclaredBuild.OfFields(path, block.Fields);
        }
    }

    private static IEnumerable<DeclaredBuild?> InWorkflow(string path, string text)
    {
        // Steps run at the top of the checkout.
        foreach (
            var block in YamlBlock
                .Of(text, "with")
                .Where(block => block.Before.Contains("docker/build-push-action", StringComparison.Ordinal))
        )
        {
            var context = block.Fields.GetValueOrDefault("context", ".");
            var file = block.Fields.GetValueOrDefault("file");
            yield return DeclaredBuild.Find(
                "",
                context,
                file is null ? null : RelativePath.From(CleanPath.Of("/" + context)[1..], CleanPath.Of("/" + file)[1..])
            )
                is { } build
                ? build with
                {
                    Source = path,
                    Target = block.Fields.GetValueOrDefault("target"),
                }
                : null;
        }
    }

    /// <summary>Paths of assets are relative to where the app runs: the folder of <c>cdk.json</c>.</summary>
    private static IEnumerable<DeclaredBuild?> InCode(string app, string path, string text) =>
        Asset()
            .Matches(text)
            .Select(match =>
                DeclaredBuild.Find(
                    app.Length == 0 ? "x" : app + "/x",
                    match.Groups["folder"].Value,
                    match.Groups["file"] is { Success: true } file ? file.Value : null
                )
                    is { } build
                    ? build with
                    {
                        Source = path,
                    }
                    : null
            );

    private static Dictionary<string, string> FieldsIn(string flow) =>
        flow.Split(',')
            .Select(field => field.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[0])
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('"', '\''), StringComparer.Ordinal);

    [GeneratedRegex(
        @"^(docker-)?compose([.-][A-Za-z0-9_.-]+)?\.ya?ml\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex ComposeName();

    [GeneratedRegex(
        @"\bbuild:\s*\{(?<fields>[^{}]*)\}",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex FlowBuild();

    [GeneratedRegex(
        @"(\bfromAsset|\bFromAsset|\bfrom_asset)\s*\(\s*[""'`](?<folder>[^""'`]+)[""'`]([^)]{0,400}?\b[Ff]ile""?\s*[:=]\s*[""'](?<file>[^""']+)[""'])?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Asset();
}
