using Lading.Git;

namespace Lading.Diagnosis.Tools;

/// <summary>Whether git is new enough.</summary>
internal sealed class GitVersionCheck(ExaminedMachine machine) : IHealthCheck
{
    public string Name => DoctorCheck.GitVersion;

    public async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken) =>
        [Decide((await machine.AskAsync("git", ["--version"], cancellationToken).ConfigureAwait(false))?.Text)];

    /// <param name="output">The output of <c>git --version</c>; null if git is missing.</param>
    public static HealthFinding Decide(string? output)
    {
        if (output is null)
        {
            return HealthFinding.Broken(
                "git is not installed, or not on the PATH: images get their identity from it",
                $"install git {GitProgram.Oldest} or later"
            );
        }

        return ProgramVersion.Find(output) is not { } version
                ? HealthFinding.Unknown($"git does not report its version: {output.Split('\n')[0]}")
            : version < GitProgram.Oldest
                ? HealthFinding.Broken(
                    $"git {version} is older than {GitProgram.Oldest}, which reads objects as Lading asks for them",
                    $"install git {GitProgram.Oldest} or later"
                )
            : HealthFinding.Fine($"git {version}");
    }
}
