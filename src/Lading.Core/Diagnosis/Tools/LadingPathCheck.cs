using Lading.Processes;

namespace Lading.Diagnosis.Tools;

/// <summary>Whether the PATH has several <c>lading</c> programs of different versions.</summary>
internal sealed class LadingPathCheck(ExaminedMachine machine) : IHealthCheck
{
    public string Name => DoctorCheck.LadingPath;

    public async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var found = ProgramPath
            .FindAll("lading", machine.Caller.Variable("PATH"))
            // Several links to one program count once.
            .DistinctBy(path => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path)
            .ToList();
        var programs = await Task.WhenAll(
                found.Select(async path => new FoundProgram(
                    path,
                    await VersionOfAsync(path, cancellationToken).ConfigureAwait(false)
                ))
            )
            .ConfigureAwait(false);
        return [Decide(programs)];
    }

    /// <param name="programs">In the order of the PATH, each once.</param>
    public static HealthFinding Decide(IReadOnlyList<FoundProgram> programs) =>
        programs.Select(program => program.Version).Distinct(StringComparer.Ordinal).Count() > 1
            ? HealthFinding.Warning(
                $"several lading are on the PATH: {string.Join(", ", programs.Select(program => $"{program.Version} in {program.Path}"))}; the first is started",
                "remove the others"
            )
        : programs.Count > 0 ? HealthFinding.Fine($"lading {programs[0].Version} in {programs[0].Path}")
        : HealthFinding.Fine("no lading on the PATH: it is started by its path, or by 'dotnet' or 'npx'");

    private static async Task<string> VersionOfAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var result = await ProgramRunner
                .RunAsync(new ProgramCall(path, "--version"), ReadOnlyMemory<byte>.Empty, cancellationToken)
                .ConfigureAwait(false);
            return result is { ExitCode: 0, Text.Length: > 0 } ? result.Text.Split(['\n', '+'])[0].Trim() : "broken";
        }
        catch (ProgramNotFoundException)
        {
            return "broken";
        }
    }

    /// <summary>A program on the PATH.</summary>
    internal sealed record FoundProgram(string Path, string Version);
}
