using Lading.Context;
using Lading.Git;
using Lading.Projects;

namespace Lading.Diagnosis.Checkout;

/// <summary>Whether git ignores <c>.lading</c>, which has images and copies of sources.</summary>
internal sealed class OwnFolderCheck(ExaminedMachine machine) : ProjectCheck(DoctorCheck.OwnFolder, machine)
{
    /// <param name="isThere">Whether the folder exists.</param>
    /// <param name="isIgnored">Whether git ignores it; null if unknown.</param>
    public static HealthFinding Decide(bool isThere, bool? isIgnored) =>
        !isThere ? HealthFinding.Fine("no .lading yet")
        : isIgnored is null
            ? HealthFinding.Unknown("git does not report what it ignores", DoctorCheck.Command(DoctorCheck.GitClone))
        : isIgnored.Value ? HealthFinding.Fine("git ignores .lading")
        : HealthFinding.Warning(
            "git does not ignore .lading, which has images, locks and copies of sources: 'git add -A' would commit them",
            "printf '*\\n' > .lading/.gitignore"
        );

    protected override async Task<IReadOnlyList<HealthFinding>> LookAsync(
        Project project,
        CancellationToken cancellationToken
    )
    {
        if (!Directory.Exists(project.OwnFolder))
        {
            return [Decide(isThere: false, isIgnored: null)];
        }

        // A name that no exception in .gitignore re-includes; some projects re-include their locks.
        var call = new GitProgram(project.Folder.Path).Call("check-ignore", "--quiet", $"{OwnFiles.Folder}/work/0");
        var answer = await Machine.AskAsync("git", call.Arguments, cancellationToken).ConfigureAwait(false);
        return
        [
            Decide(
                isThere: true,
                answer?.ExitCode is 0 ? true
                    : answer?.ExitCode is 1 ? false
                    : null
            ),
        ];
    }
}
