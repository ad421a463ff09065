using Lading.Configuration;
using Lading.Git;
using Lading.Projects;

namespace Lading.Running;

/// <summary>Reads the releases of a stack.</summary>
/// <param name="gathering">Reads environments.</param>
/// <param name="project">The project; null outside of one.</param>
internal sealed class HistoryRun(IEnvironmentGathering gathering, Project? project)
{
    /// <summary>Reads the releases, the newest first.</summary>
    /// <param name="environment">An environment with an account.</param>
    /// <param name="stack">The stack's name; null if the environment has only one.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">It could not be read, or the stack is ambiguous.</exception>
    public async Task<HistoryReport> RunAsync(
        EnvironmentDefinition environment,
        string? stack,
        CancellationToken cancellationToken
    )
    {
        var scope = new StackScope(environment, project?.Configuration);
        var evidence = await gathering
            .ReadHistoryAsync(environment, scope.Owns, stack, cancellationToken)
            .ConfigureAwait(false);
        var releases = ReleaseMerge.Of(evidence);
        var subjects = project is null
            ? new Dictionary<string, string>()
            : await CommitSubjects
                .ReadAsync(
                    project.Folder.Path,
                    releases.SelectMany(release => release.Revisions.Values),
                    cancellationToken
                )
                .ConfigureAwait(false);
        return new HistoryReport(environment.Name, evidence, releases, subjects)
        {
            Address = $"{evidence.Stack} {environment.Selector}",
        };
    }
}
