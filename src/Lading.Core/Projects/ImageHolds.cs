using Lading.Configuration;
using Lading.Git;

namespace Lading.Projects;

/// <summary>Holds images back at a revision, and releases them. Changes nothing but <c>lading.json</c>.</summary>
/// <param name="folder">The folder that the search for <c>lading.json</c> begins in.</param>
internal sealed class ImageHolds(string folder)
{
    /// <summary>Holds an image back.</summary>
    /// <param name="name">Its name in <c>lading.json</c>.</param>
    /// <param name="revision">The commit, as git understands it.</param>
    /// <param name="reason">Why, for the next reader of <c>lading.json</c>.</param>
    /// <param name="cancellationToken">Cancels it.</param>
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

    /// <summary>Releases an image.</summary>
    /// <param name="name">Its name in <c>lading.json</c>.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The hold that was removed; no hold if the image was not held back.</returns>
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

/// <summary>A change to the hold of an image.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hold">The revision and the reason; null if the image was not held back.</param>
/// <param name="IsChange">False if <c>lading.json</c> is unchanged.</param>
/// <param name="File">The path of <c>lading.json</c> in messages.</param>
internal sealed record HoldChange(string Name, Hold? Hold, bool IsChange, string File)
{
    /// <summary>The image at that revision; null if it was released.</summary>
    public ImageRevision? Past { get; init; }
}
