using Lading.Git;
using Lading.Processes;

namespace Lading.Retention.Gathering;

/// <summary>The current references of a clone's remotes, and why the clone may lack some.</summary>
/// <param name="Commits">The tips of their branches, and their tags, that the clone has.</param>
/// <param name="Missing">What the clone lacks, and what to do.</param>
internal sealed record RemoteTips(
    IReadOnlyList<WantedCommit> Commits,
    IReadOnlyList<(string Reason, string Remedy)> Missing
)
{
    private const string Attempted = "Could not see whether the clone has all branches";

    /// <exception cref="LadingException">git is missing, or failed.</exception>
    public static async Task<RemoteTips> ReadAsync(GitProgram git, CancellationToken cancellationToken)
    {
        var commits = new List<WantedCommit>();
        var missing = new List<(string, string)>();
        var shallow = await git.RunAsync(Attempted, ["rev-parse", "--is-shallow-repository"], cancellationToken)
            .ConfigureAwait(false);
        if (shallow.Text.Trim() == "true")
        {
            missing.Add(
                (
                    "the clone is shallow, so branches and tags may be missing",
                    "git fetch --unshallow --tags, or fetch-depth: 0 in the checkout of CI."
                )
            );
        }

        var remotes = await git.RunAsync(Attempted, ["remote"], cancellationToken).ConfigureAwait(false);
        foreach (var remote in remotes.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var tips = await ReadAsync(git, remote, cancellationToken).ConfigureAwait(false);
            commits.AddRange(tips.Commits);
            missing.AddRange(tips.Missing);
        }

        return new RemoteTips(commits, missing);
    }

    private static async Task<RemoteTips> ReadAsync(GitProgram git, string remote, CancellationToken cancellationToken)
    {
        ProgramResult listed;
        try
        {
            listed = await git.RunAsync(
                    Attempted,
                    ["ls-remote", "--heads", "--tags", "--refs", "--", remote],
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (LadingException e)
        {
            return new RemoteTips(
                [],
                [
                    (
                        $"{remote} could not be asked for its branches: {e.CameBack}",
                        "Let git reach it, or list it under \"exceptions\" of \"retention\" in lading.json."
                    ),
                ]
            );
        }

        var tips = listed
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Where(parts => parts.Length == 2)
            .ToList();
        // Otherwise a partial clone would fetch each of them individually.
        var variables = git.Variables.Append(KeyValuePair.Create("GIT_NO_LAZY_FETCH", (string?)"1"));
        var offline = git with
        {
            Variables = variables.ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal),
        };
        var objects = ObjectReader.Start(offline);
        await using (objects.ConfigureAwait(false))
        {
            var found = await objects
                .FindAllAsync([.. tips.Select(tip => tip[0])], cancellationToken)
                .ConfigureAwait(false);
            var pairs = tips.Zip(found).ToList();
            var unknown = pairs.Where(pair => pair.Second is null).Select(pair => ShortOf(pair.First[1])).ToList();
            return new RemoteTips(
                [
                    .. pairs
                        .Where(pair => pair.Second is { Type: "commit" or "tag" })
                        .Select(pair => new WantedCommit(pair.First[0], $"{ShortOf(pair.First[1])} of {remote}")),
                ],
                unknown.Count == 0
                    ? []
                    :
                    [
                        (
                            unknown.Count == 1
                                ? $"{unknown[0]} of {remote} was not fetched"
                                : $"{unknown[0]} of {remote} and {unknown.Count - 1} more were not fetched",
                            $"git fetch --tags {remote} '+refs/heads/*:refs/remotes/{remote}/*'"
                        ),
                    ]
            );
        }
    }

    private static string ShortOf(string reference) =>
        reference.StartsWith("refs/heads/", StringComparison.Ordinal) ? $"branch {reference["refs/heads/".Length..]}"
        : reference.StartsWith("refs/tags/", StringComparison.Ordinal) ? $"tag {reference["refs/tags/".Length..]}"
        : reference;
}
