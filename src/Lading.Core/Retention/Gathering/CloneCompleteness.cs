using Lading.Git;
using Lading.Processes;

namespace Lading.Retention.Gathering;

/// <summary>Why a clone may not have all branches and tags of its remotes, whose images somebody may want.</summary>
internal static class CloneCompleteness
{
    private const string Attempted = "Could not see whether the clone has all branches";

    /// <summary>What is missing, with what to do; empty if nothing is.</summary>
    /// <exception cref="LadingException">git is missing, or failed.</exception>
    public static async Task<IReadOnlyList<(string Reason, string Remedy)>> MissingAsync(
        GitProgram git,
        CancellationToken cancellationToken
    )
    {
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
            if (await FindMissingAsync(git, remote, cancellationToken).ConfigureAwait(false) is { } found)
            {
                missing.Add(found);
            }
        }

        return missing;
    }

    private static async Task<(string, string)?> FindMissingAsync(
        GitProgram git,
        string remote,
        CancellationToken cancellationToken
    )
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
            return (
                $"{remote} could not be asked for its branches: {e.CameBack}",
                "Let git reach it, or list it under \"exceptions\" of \"retention\" in lading.json."
            );
        }

        var tips = listed
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Where(parts => parts.Length == 2)
            .ToList();
        var objects = ObjectReader.Start(git);
        await using (objects.ConfigureAwait(false))
        {
            var found = await objects
                .FindAllAsync([.. tips.Select(tip => tip[0])], cancellationToken)
                .ConfigureAwait(false);
            var unknown = tips.Zip(found)
                .Where(pair => pair.Second is null)
                .Select(pair => ShortOf(pair.First[1]))
                .ToList();
            return unknown.Count == 0
                ? null
                : (
                    $"{unknown[0]} of {remote}{(unknown.Count > 1 ? $" and {unknown.Count - 1} more" : "")} was not fetched",
                    $"git fetch --tags {remote} '+refs/heads/*:refs/remotes/{remote}/*'"
                );
        }
    }

    private static string ShortOf(string reference) =>
        reference.StartsWith("refs/heads/", StringComparison.Ordinal) ? $"branch {reference["refs/heads/".Length..]}"
        : reference.StartsWith("refs/tags/", StringComparison.Ordinal) ? $"tag {reference["refs/tags/".Length..]}"
        : reference;
}
