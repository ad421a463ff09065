using Lading.Git;

namespace Lading.Diagnosis.Checkout;

/// <summary>Whether the clone has its full history.</summary>
internal sealed class CloneCheck(ExaminedMachine machine) : IHealthCheck
{
    public string Name => DoctorCheck.GitClone;

    public async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var answer = await machine
            .AskAsync(
                "git",
                new GitProgram(machine.Folder).Call("rev-parse", "--is-shallow-repository").Arguments,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (answer is null)
        {
            return [HealthFinding.Unknown("git is not on the PATH", DoctorCheck.Command(DoctorCheck.GitVersion))];
        }

        var failure = answer.ExitCode == 0 ? null : GitFailure.Of("Could not look at the clone", answer.Error);
        return [Decide(failure, answer.Text.Trim() == "true", machine.Project is not null)];
    }

    /// <param name="failure">Why git refuses to read it; null if it does not.</param>
    /// <param name="isShallow">Whether its history is truncated.</param>
    /// <param name="isProject">Whether there is a project, whose images need the repository.</param>
    public static HealthFinding Decide(LadingException? failure, bool isShallow, bool isProject) =>
        failure is not null
            ? isProject
                ? HealthFinding.Broken(failure)
                : HealthFinding.Unknown(failure.CameBack)
            : isShallow
                ? HealthFinding.Warning(
                    "the clone is shallow: revisions before its beginning cannot be named, and changes cannot be told since then",
                    "git fetch --unshallow (in GitHub Actions: fetch-depth: 0 of actions/checkout)"
                )
                : HealthFinding.Fine("the clone has its history");
}
