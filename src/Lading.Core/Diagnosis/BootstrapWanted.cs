using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lading.Deploying;
using Lading.Rollbacks;

namespace Lading.Diagnosis;

/// <summary>The bootstraps that an app deploys with, and the versions it needs.</summary>
/// <param name="Required">The version that the assembly requires, by qualifier.</param>
/// <param name="Offered">The version that <c>cdk bootstrap</c> would create; 0 if that is unknown.</param>
/// <param name="Cdk">The version of cdk; empty if unknown.</param>
internal sealed partial record BootstrapWanted(IReadOnlyDictionary<string, int> Required, int Offered, string Cdk)
{
    /// <summary>The qualifier of CDK apps that set none.</summary>
    public const string Default = "hnb659fds";

    private const string Setting = "@aws-cdk/core:bootstrapQualifier";

    /// <summary>
    /// The bootstraps in the last assembly of an app, otherwise in <c>cdk.json</c>, and the one that the CLI offers.
    /// </summary>
    public static BootstrapWanted Of(ExaminedApp app, Func<string, string?> variable)
    {
        var required = new Dictionary<string, int>(StringComparer.Ordinal);
        Add(app.Assembly, required, depth: 0);
        if (required.Count == 0)
        {
            required[app.Settings.FindText("context", Setting) ?? Default] = 0;
        }

        var (offered, cdk) = OfProgram(app.Folder, variable);
        return new BootstrapWanted(required, offered, cdk);
    }

    /// <summary>Reads the artifacts of an assembly, and of its nested ones.</summary>
    private static void Add(string folder, Dictionary<string, int> required, int depth)
    {
        if (
            depth > 8
            || ExaminedApp.ReadJson(Path.Combine(folder, "manifest.json")) is not { } manifest
            || !manifest.TryGet(out var artifacts, "artifacts")
        )
        {
            return;
        }

        foreach (var artifact in JsonMembers.MembersOf(artifacts).Select(member => member.Value))
        {
            if (artifact.FindText("properties", "directoryName") is { } nested)
            {
                Add(Path.Combine(folder, nested), required, depth + 1);
            }

            if (
                artifact.FindText("properties", "bootstrapStackVersionSsmParameter") is { } parameter
                && Bootstrap.QualifierOf(parameter) is { } qualifier
            )
            {
                var version =
                    artifact.TryGet(out var wanted, "properties", "requiresBootstrapStackVersion")
                    && wanted.ValueKind == JsonValueKind.Number
                        ? wanted.GetInt32()
                        : 0;
                required[qualifier] = Math.Max(required.GetValueOrDefault(qualifier), version);
            }
        }
    }

    private static (int Offered, string Cdk) OfProgram(string folder, Func<string, string?> variable)
    {
        try
        {
            var cdk = CdkProgram.Search(folder, variable);
            var package = cdk.Version is null ? null : Path.GetDirectoryName(CdkProgram.PackageOf(cdk.Program));
            var template = package is null
                ? ""
                : Path.Combine(package, "lib", "api", "bootstrap", "bootstrap-template.yaml");
            return File.Exists(template) && Version().Match(File.ReadAllText(template)) is { Success: true } match
                ? (int.Parse(match.Groups["version"].Value, CultureInfo.InvariantCulture), cdk.Version!)
                : (0, cdk.Version ?? "");
        }
        catch (LadingException)
        {
            // Another check reports that there is none.
            return (0, "");
        }
    }

    [GeneratedRegex(
        @"^  CdkBootstrapVersion:\n(?:    .*\n)*?      Value: '?(?<version>\d{1,6})'?\s*$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex Version();
}
