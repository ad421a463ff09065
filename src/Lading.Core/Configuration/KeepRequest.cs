using Lading.Oci;

namespace Lading.Configuration;

/// <summary>Keeps an image from clean-up until a day, or ends that. Changes nothing but <c>lading.json</c>.</summary>
/// <param name="Image">An image of <c>lading.json</c>, or a repository, and the digest: <c>web@sha256:…</c>.</param>
/// <param name="Until">The last day; null if none was named.</param>
/// <param name="Reason">Why, for the next reader of <c>lading.json</c>.</param>
/// <param name="End">Whether it is kept no longer.</param>
internal sealed record KeepRequest(string Image, string? Until, string? Reason, bool End)
{
    /// <summary>Makes the change.</summary>
    /// <param name="folder">The folder that the search for <c>lading.json</c> begins in.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LadingException">No image is named, or no day to come, or no reason.</exception>
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

/// <summary>What became of it.</summary>
/// <param name="Name">The image or repository, as it was named.</param>
/// <param name="Repository">Its repository.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Kept">What <c>lading.json</c> says of it now; null for nothing.</param>
/// <param name="IsChange">False if it is unchanged.</param>
/// <param name="File">What people call <c>lading.json</c>.</param>
internal sealed record KeepOutcome(
    string Name,
    RepositoryName Repository,
    Digest Digest,
    KeptImage? Kept,
    bool IsChange,
    string File
);
