using System.Globalization;
using Lading.Deploying;

namespace Lading.Diagnosis.Tools;

/// <summary>Whether the CDK CLI can read the output of the app's library.</summary>
internal sealed class CdkVersionCheck(ExaminedMachine machine) : IHealthCheck
{
    public string Name => DoctorCheck.CdkVersion;

    public Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        if (machine.App is not { } app)
        {
            return Task.FromResult<IReadOnlyList<HealthFinding>>([HealthFinding.Fine("no CDK app here")]);
        }

        try
        {
            var cdk = CdkProgram.Search(app.Folder, machine.Caller.Variable);
            return Task.FromResult<IReadOnlyList<HealthFinding>>([Decide(Facts(app, cdk))]);
        }
        catch (LadingException e)
        {
            return Task.FromResult<IReadOnlyList<HealthFinding>>([HealthFinding.Broken(e)]);
        }
    }

    /// <param name="facts">The versions of the CLI, and what the app needs.</param>
    public static HealthFinding Decide(CdkFacts facts)
    {
        if (facts.Program is not { } program)
        {
            return facts.IsFetched
                ? HealthFinding.Warning(
                    "cdk is not installed, and npx fetches the newest at each start",
                    "npm install --save-dev aws-cdk@2"
                )
                : HealthFinding.Unknown($"cdk does not report its version ({facts.Path})");
        }

        if (facts.Reads is { } reads && facts.Written is { } written)
        {
            // The minimum version that an assembly names is what cdk says in the error if it cannot read it; nothing else
            // compares it.
            return written > reads
                ? HealthFinding.Broken(
                    $"cdk {program} reads assemblies up to version {reads}, and {facts.Assembly} is of version {written}",
                    "npm install --save-dev aws-cdk@2"
                )
                : HealthFinding.Fine($"cdk {program}");
        }

        return facts.Wanted is { } wanted && wanted > program
            ? HealthFinding.Warning(
                $"cdk {program} is older than {wanted}, which {facts.Wants} wants",
                "npm install --save-dev aws-cdk@2"
            )
            : HealthFinding.Fine($"cdk {program}");
    }

    private static CdkFacts Facts(ExaminedApp app, CdkProgram cdk)
    {
        var manifest = app.FindManifest();
        var library = ExaminedApp.ReadJson(
            Path.Combine(app.Folder, "node_modules", "@aws-cdk", "cloud-assembly-schema", "cli-version.json")
        );
        var byAssembly = Parse(manifest?.FindText("minimumCliVersion"));
        var byLibrary = Parse(library?.FindText("version"));
        return new CdkFacts
        {
            Path = cdk.Program,
            Program = Parse(cdk.Version),
            IsFetched = cdk.Leading.Count > 0,
            Reads = cdk.Version is null ? null : SchemaOf(cdk.Program),
            Written = Parse(manifest?.FindText("version"))?.Major,
            Assembly = app.Assembly,
            Wanted = byLibrary > byAssembly || byAssembly is null ? byLibrary : byAssembly,
            Wants = byLibrary > byAssembly || byAssembly is null ? "the library" : app.Assembly,
        };
    }

    /// <summary>The newest assembly schema that a CLI supports: its package is built with the schema of its own range.</summary>
    private static int? SchemaOf(string program)
    {
        var package = CdkProgram.PackageOf(program) is { } path ? ExaminedApp.ReadJson(path) : null;
        var range =
            package?.FindText("devDependencies", "@aws-cdk/cloud-assembly-schema")
            ?? package?.FindText("dependencies", "@aws-cdk/cloud-assembly-schema");
        var digits = new string([.. (range ?? "").SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)]);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var schema) ? schema : null;
    }

    private static Version? Parse(string? text) =>
        Version.TryParse(text?.Split('-')[0], out var version) ? version : null;

    /// <summary>Versions of the CLI, and what the app needs.</summary>
    internal sealed record CdkFacts
    {
        /// <summary>The path of the CLI.</summary>
        public string Path { get; init; } = "";

        /// <summary>Its version; null if unknown.</summary>
        public Version? Program { get; init; }

        /// <summary>Whether npx downloads it.</summary>
        public bool IsFetched { get; init; }

        /// <summary>The newest assembly version that it reads; null if unknown.</summary>
        public int? Reads { get; init; }

        /// <summary>The version of the last assembly; null if there is none.</summary>
        public int? Written { get; init; }

        /// <summary>The folder of the assembly.</summary>
        public string Assembly { get; init; } = "";

        /// <summary>The requested version; null if there is none.</summary>
        public Version? Wanted { get; init; }

        /// <summary>What asks for it.</summary>
        public string Wants { get; init; } = "";
    }
}
