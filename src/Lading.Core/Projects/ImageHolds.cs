using Lading.Configuration;
using Lading.Git;

namespace Lading.Projects;

/// <summary>Holds images back at a revision, and ends that. Changes nothing but <c>lading.json</c>.</summary>
/// <param name="folder">The folder that the search for <c>lading.json</c> begins in.</param>
internal sealed class ImageHolds(string folder)
{
    /// <summary>Holds an image back.</summary>
    /// <param name="name">Its name in <c>lading.json</c>.</param>
    /// <param name="revision">The commit, as git understands it.</param>
    /// <param name="reason">Why, for the next reader of <c>lading.json</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LadingException">There is no such image or revision, or no reason.</exception>
    public async Task<HoldChange> HoldBackAsync(
        string name,
        string revision,
        string reason,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw LadingException.Usage(
                $"Could not hold {name} back",
                "--reason is empty",
                "Say why, for the next reader of lading.json."
            );
        }

        var file = ConfigurationFile.Get(folder);
        (await file.ReadAsync(cancellationToken).ConfigureAwait(false)).GetImage(name);
        var repository = await GitRepository.FindAsync(file.Folder, cancellationToken).ConfigureAwait(false);
        var past = await ImageRevision.GetAsync(repository, name, revision, cancellationToken).ConfigureAwait(false);
        var hold = new Hold(past.Commit.ToString(), reason.Trim());
        var changed = await SetAsync(file, name, hold, cancellationToken).ConfigureAwait(false);
        return new HoldChange(name, hold, changed, file.DisplayPath) { Past = past };
    }

    /// <summary>Ends it.</summary>
    /// <param name="name">Its name in <c>lading.json</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was held back; without a hold if it was not.</returns>
    /// <exception cref="LadingException">There is no such image.</exception>
    public async Task<HoldChange> ReleaseAsync(string name, CancellationToken cancellationToken)
    {
        var file = ConfigurationFile.Get(folder);
        var hold = (await file.ReadAsync(cancellationToken).ConfigureAwait(false)).GetImage(name).Hold;
        var changed = await SetAsync(file, name, hold: null, cancellationToken).ConfigureAwait(false);
        return new HoldChange(name, hold, changed, file.DisplayPath);
    }

    private static Task<bool> SetAsync(
        ConfigurationFile file,
        string name,
        Hold? hold,
        CancellationToken cancellationToken
    ) => file.ChangeAsync(json => ConfigurationEdit.SetHold(json, file.DisplayPath, name, hold), cancellationToken);
}

/// <summary>What became of the hold of an image.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hold">At what, and why; null if it was not held back.</param>
/// <param name="IsChange">False if <c>lading.json</c> is unchanged.</param>
/// <param name="File">What people call <c>lading.json</c>.</param>
internal sealed record HoldChange(string Name, Hold? Hold, bool IsChange, string File)
{
    /// <summary>The image at that revision; null if the hold has ended.</summary>
    public ImageRevision? Past { get; init; }
}
