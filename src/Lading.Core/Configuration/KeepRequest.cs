using Lading.Oci;

namespace Lading.Configuration;

/// <summary>
/// Keeps <c>lading prune</c> from deleting an image until a given day, or ends that. Changes nothing but
/// <c>lading.json</c>.
/// </summary>
/// <param name="Image">An image of <c>lading.json</c>, or a repository, and the digest: <c>web@sha256:…</c>.</param>
/// <param name="Until">The last day; null if none was named.</param>
/// <param name="Reason">Why, as recorded in <c>lading.json</c>.</param>
/// <param name="End">Whether to stop keeping it.</param>
internal sealed record KeepRequest(string Image, string? Until, string? Reason, bool End)
{
    /// <summary>Changes <c>lading.json</c>.</summary>
    /// <param name="folder">The folder that the search for <c>lading.json</c> begins in.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels it; the file is then unchanged.</param>
    /// <exception cref="LadingException">The request names no image, no future day or no reason.</exception>
    public async Task<KeepOutcome> RunAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var file = ConfigurationFile.Get(folder);
        var configuration = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (RetentionReader.ReadImage(Image, configuration.Images, out var repository, out var digest) is { } problem)
        {
            throw LadingException.Usage(
                $"Could not {(End ? "end keeping" : "keep")} '{Image}'",
                "it names no image and digest",
                problem
            );
        }

        var kept = KeptImage(repository, digest, time.GetUtcNow());
        var changed = await file.ChangeAsync(
                json => KeepEdit.Set(json, file.DisplayPath, Image, kept, repository, digest),
                cancellationToken
            )
            .ConfigureAwait(false);
        var name = Image[..Image.IndexOf('@', StringComparison.Ordinal)];
        return new KeepOutcome(name, repository, digest, kept, changed, file.DisplayPath);
    }

    /// <summary>The new entry of lading.json; null to remove it.</summary>
    private KeptImage? KeptImage(RepositoryName repository, Digest digest, DateTimeOffset now)
    {
        if (End)
        {
            return Until is null && Reason is null
                ? null
                : throw Refused("--end ends it now", "Leave out --until and --reason.");
        }

        if (Until is null || string.IsNullOrEmpty(Reason))
        {
            throw Refused(
                Until is null ? "it has no --until" : "it has no --reason",
                $"Nothing is kept without an end and a reason. Write 'lading keep {Image} --until 2027-03-31 --reason \"…\"'."
            );
        }

        if (!RetentionReader.TryParseDay(Until, out var day))
        {
            throw Refused($"--until is '{Until}'", $"Expected {RetentionReader.DateExample}.");
        }

        return day >= UtcDay.Of(now)
            ? new KeptImage(repository, digest, day, Reason)
            : throw Refused($"{Until} is over", "Name a day to come.");
    }

    private LadingException Refused(string cameBack, string remedy) =>
        LadingException.Usage($"Could not keep '{Image}'", cameBack, remedy);
}

/// <summary>The result of a request to keep an image.</summary>
/// <param name="Name">The image or repository, as in the request.</param>
/// <param name="Repository">Its repository.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Kept">Its entry in <c>lading.json</c> now; null if it has none.</param>
/// <param name="IsChange">False if it is unchanged.</param>
/// <param name="File">The path of <c>lading.json</c>, for messages.</param>
internal sealed record KeepOutcome(
    string Name,
    RepositoryName Repository,
    Digest Digest,
    KeptImage? Kept,
    bool IsChange,
    string File
);
