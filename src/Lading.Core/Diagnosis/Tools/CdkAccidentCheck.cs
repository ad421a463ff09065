using System.Text.RegularExpressions;
using Lading.Deploying;
using Lading.Processes;

namespace Lading.Diagnosis.Tools;

/// <summary>
/// Whether aws-cdk 3.0.0 is installed or would be: it was published by accident, and npm shows it as the latest (aws/aws-cdk#38113).
/// </summary>
internal sealed partial class CdkAccidentCheck(ExaminedMachine machine) : IHealthCheck
{
    private const string Accident = "3.0.0";
    private const string Remedy = "npm install --save-dev aws-cdk@2";

    public string Name => DoctorCheck.CdkAccident;

    public Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var mentions = new List<CdkMention>();
        for (var at = new DirectoryInfo(machine.Folder); at is not null; at = at.Parent)
        {
            mentions.AddRange(MentionsIn(at.FullName));
        }

        mentions.AddRange(
            ProgramPath
                .FindAll("cdk", machine.Caller.Variable("PATH"))
                .Select(path => new CdkMention(path, CdkProgram.VersionOf(path) ?? "", IsRange: false))
        );
        return Task.FromResult<IReadOnlyList<HealthFinding>>([Decide(mentions)]);
    }

    /// <param name="mentions">Where a version of aws-cdk is installed or requested.</param>
    public static HealthFinding Decide(IReadOnlyList<CdkMention> mentions)
    {
        var bad = mentions.Where(mention => !mention.IsRange && mention.Version == Accident).ToList();
        if (bad.Count > 0)
        {
            return HealthFinding.Broken(
                $"aws-cdk {Accident} in {string.Join(", ", bad.Select(mention => mention.Origin))} was published by accident, and refuses the assemblies of current libraries",
                Remedy
            );
        }

        var open = mentions.FirstOrDefault(mention => mention.IsRange && Admits(mention.Version));
        return open is null
            ? HealthFinding.Fine("no aws-cdk 3.0.0")
            : HealthFinding.Warning(
                $"\"aws-cdk\": \"{open.Version}\" in {open.Origin} installs {Accident}, which was published by accident",
                Remedy
            );
    }

    /// <summary>Whether a range of npm's includes the version.</summary>
    private static bool Admits(string range) =>
        range.Trim() is "" or "*" or "x" or "latest" or "3" or "3.x" or "3.0" or "3.0.x" or "3.0.0" or "=3.0.0"
        || range.TrimStart().StartsWith("^3", StringComparison.Ordinal)
        || range.TrimStart().StartsWith("~3", StringComparison.Ordinal)
        || (
            range.TrimStart().StartsWith(">=", StringComparison.Ordinal)
            && !range.Contains('<', StringComparison.Ordinal)
        );

    private static IEnumerable<CdkMention> MentionsIn(string folder)
    {
        var installed = Path.Combine(folder, "node_modules", "aws-cdk", "package.json");
        if (ExaminedApp.ReadJson(installed)?.FindText("version") is { } version)
        {
            yield return new CdkMention(Path.GetDirectoryName(installed)!, version, IsRange: false);
        }

        var package = Path.Combine(folder, "package.json");
        if (ExaminedApp.ReadJson(package) is { } json)
        {
            foreach (var list in (string[])["dependencies", "devDependencies"])
            {
                if (json.FindText(list, "aws-cdk") is { } range)
                {
                    yield return new CdkMention(package, range, IsRange: true);
                }
            }
        }

        var npm = Path.Combine(folder, "package-lock.json");
        if (
            ExaminedApp.ReadJson(npm) is { } locked
            && (
                locked.FindText("packages", "node_modules/aws-cdk", "version")
                ?? locked.FindText("dependencies", "aws-cdk", "version")
            )
                is { } chosen
        )
        {
            yield return new CdkMention(npm, chosen, IsRange: false);
        }

        foreach (var name in (string[])["yarn.lock", "pnpm-lock.yaml"])
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path) && LockedAccident().IsMatch(File.ReadAllText(path)))
            {
                yield return new CdkMention(path, Accident, IsRange: false);
            }
        }
    }

    /// <summary>The lock files of yarn (in both formats) and pnpm.</summary>
    [GeneratedRegex(
        """^"?aws-cdk@[^\n]*:\n\s+version:? "?3\.0\.0"?\s*$|^\s+/?'?aws-cdk@3\.0\.0'?:""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex LockedAccident();

    /// <summary>A version of aws-cdk.</summary>
    /// <param name="Origin">The file with it.</param>
    /// <param name="Version">The version, or a range of versions.</param>
    /// <param name="IsRange">Whether it is the requested range, not the installed version.</param>
    internal sealed record CdkMention(string Origin, string Version, bool IsRange);
}
