using System.Text.Json;
using Lading.Processes;

namespace Lading.Deploying;

/// <summary>The CDK CLI: the project's own, the one on the PATH, or the one that <c>npx</c> downloads.</summary>
/// <param name="Program">The program to start.</param>
/// <param name="Leading">The arguments before those of cdk.</param>
/// <param name="Version">The version in its package; null if unknown.</param>
internal sealed record CdkProgram(string Program, IReadOnlyList<string> Leading, string? Version)
{
    private static bool IsWindows => OperatingSystem.IsWindows();

    /// <summary>Finds the CDK CLI.</summary>
    /// <param name="folder">The folder of <c>cdk.json</c>: packages are looked for in it and its parents.</param>
    /// <param name="variable">Returns environment variables.</param>
    /// <exception cref="LadingException">There is none, or its version cannot work.</exception>
    public static CdkProgram Find(string folder, Func<string, string?> variable) => Find(folder, variable, IsWindows);

    /// <summary>Finds the CDK CLI on a given system.</summary>
    /// <param name="folder">The folder of <c>cdk.json</c>.</param>
    /// <param name="variable">Returns environment variables.</param>
    /// <param name="isWindows">Whether the system is Windows, where npm writes shell scripts.</param>
    /// <exception cref="LadingException">There is none, or its version cannot work.</exception>
    public static CdkProgram Find(string folder, Func<string, string?> variable, bool isWindows) =>
        Checked(
            Locate(folder, variable, isWindows)
                ?? throw Missing(folder, $" '{DoctorCheck.Command(DoctorCheck.CdkVersion)}' looks for it.")
        );

    /// <summary>Finds the CDK CLI, even if its version cannot work.</summary>
    /// <param name="folder">The folder of <c>cdk.json</c>.</param>
    /// <param name="variable">Returns environment variables.</param>
    /// <exception cref="LadingException">There is none.</exception>
    public static CdkProgram Search(string folder, Func<string, string?> variable) =>
        Locate(folder, variable, IsWindows) ?? throw Missing(folder, "");

    private static CdkProgram? Locate(string folder, Func<string, string?> variable, bool isWindows)
    {
        var name = isWindows ? "cdk.cmd" : "cdk";
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, "node_modules", ".bin", name);
            if (File.Exists(path))
            {
                return new CdkProgram(path, [], VersionOf(path));
            }
        }

        var folders = (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (OnPath(folders, name) is { } found)
        {
            return new CdkProgram(found, [], VersionOf(found));
        }

        var npx = isWindows ? "npx.cmd" : "npx";
        return OnPath(folders, npx) is { } fetcher ? new CdkProgram(fetcher, ["--yes", "aws-cdk@2"], null) : null;
    }

    private static LadingException Missing(string folder, string check) =>
        LadingException.Usage(
            "Could not find the CDK command line",
            $"it is neither in node_modules, from {folder} upward, nor on the PATH, and npx, which could fetch it, was not found",
            $"Install it in the project with 'npm install --save-dev aws-cdk@2'.{check}"
        );

    /// <summary>The call of one of its commands.</summary>
    public ProgramCall Call(
        string folder,
        IReadOnlyDictionary<string, string?> variables,
        params IEnumerable<string> arguments
    ) => new(Program, [.. Leading, .. arguments]) { WorkingDirectory = folder, Environment = variables };

    private static CdkProgram Checked(CdkProgram found) =>
        found.Version == "3.0.0"
            ? throw LadingException.Usage(
                $"Could not deploy with aws-cdk 3.0.0 ({found.Program})",
                "that version was published by accident in April 2025 and refuses the assemblies of current libraries (aws/aws-cdk#38113), though npm shows it as the latest",
                $"Install the current one: npm install --save-dev aws-cdk@2. '{DoctorCheck.Command(DoctorCheck.CdkAccident)}' finds what else has or asks for it."
            )
            : found;

    private static string? OnPath(IEnumerable<string> folders, string name) =>
        folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>The version in a program's package; null if unknown.</summary>
    public static string? VersionOf(string path) => FindPackage(path)?.Version;

    /// <summary>
    /// The <c>package.json</c> of a program: npm creates a link to the package's own file, or on Windows a script beside the packages.
    /// </summary>
    public static string? PackageOf(string path) => FindPackage(path)?.File;

    private static (string File, string Version)? FindPackage(string path)
    {
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        string[] candidates =
        [
            Path.Combine(Path.GetDirectoryName(target)!, "..", "package.json"),
            Path.Combine(Path.GetDirectoryName(path)!, "..", "aws-cdk", "package.json"),
            Path.Combine(Path.GetDirectoryName(path)!, "node_modules", "aws-cdk", "package.json"),
        ];
        foreach (var candidate in candidates.Where(File.Exists))
        {
            if (ReadVersion(candidate) is { } version)
            {
                return (candidate, version);
            }
        }

        return null;
    }

    private static string? ReadVersion(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            using var json = JsonDocument.Parse(stream);
            return json.RootElement.FindText("name") == "aws-cdk" ? json.RootElement.FindText("version") : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // An unknown version is not refused.
            return null;
        }
    }
}
