using System.Collections.Concurrent;
using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>Writes the tags that mark images for deletion, and those that override them.</summary>
/// <param name="registry">The registry.</param>
/// <param name="today">The day of UTC.</param>
/// <param name="failures">Collects failures.</param>
internal sealed class ImageMarks(IImageRegistry registry, DateOnly today, ConcurrentBag<PruneFailure> failures)
{
    /// <summary>Concurrent tag calls. ECR sustains 10 a second; throttled calls are retried.</summary>
    private const int Parallelism = 8;

    /// <summary>Marks images for deletion.</summary>
    /// <returns>The images that were marked.</returns>
    public Task<IReadOnlyList<PrunedImage>> ExpireAsync(
        IReadOnlyList<(StoredRepository Repository, StoredImage Image)> images,
        IPruneProgress progress,
        CancellationToken cancellationToken
    ) => PutAsync(images, "mark", image => DeletionMark.ExpiredOn(today, image.Digest), progress, cancellationToken);

    /// <summary>Overrides the marks of images.</summary>
    /// <returns>The images whose marks were overridden.</returns>
    public Task<IReadOnlyList<PrunedImage>> KeepAsync(
        IReadOnlyList<(StoredRepository Repository, StoredImage Image)> images,
        IPruneProgress progress,
        CancellationToken cancellationToken
    ) =>
        PutAsync(
            images,
            "keep",
            image => DeletionMark.Outranking(today, image.Digest, image.Tags),
            progress,
            cancellationToken
        );

    private async Task<IReadOnlyList<PrunedImage>> PutAsync(
        IReadOnlyList<(StoredRepository Repository, StoredImage Image)> images,
        string verb,
        Func<StoredImage, DeletionMark> markOf,
        IPruneProgress progress,
        CancellationToken cancellationToken
    )
    {
        var put = new ConcurrentBag<PrunedImage>();
        var done = 0;
        await Parallel
            .ForEachAsync(
                images,
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (target, token) =>
                {
                    var pruned = new PrunedImage(target.Repository, target.Image.Digest);
                    try
                    {
                        if (
                            await PutAsync(target.Repository, target.Image, markOf(target.Image), token)
                                .ConfigureAwait(false)
                        )
                        {
                            put.Add(pruned);
                        }
                    }
                    catch (LadingException e)
                    {
                        failures.Add(new PruneFailure(pruned, verb, e.CameBack));
                    }
                    catch (TagIsTakenException taken)
                    {
                        failures.Add(
                            new PruneFailure(
                                pruned,
                                verb,
                                $"tag {taken.Tag} points to {taken.Current!.Value.Short}, and cannot move"
                            )
                        );
                    }

                    progress.Tagged(Interlocked.Increment(ref done), images.Count);
                }
            )
            .ConfigureAwait(false);
        return [.. put];
    }

    /// <returns>False if the image no longer exists.</returns>
    private async Task<bool> PutAsync(
        StoredRepository stored,
        StoredImage image,
        DeletionMark mark,
        CancellationToken cancellationToken
    )
    {
        var repository = registry.Open(stored.Name);
        var manifest = await repository.FindManifestContentAsync(image.Digest, cancellationToken).ConfigureAwait(false);
        if (manifest is null)
        {
            return false;
        }

        try
        {
            await repository.PutManifestAsync(manifest, mark.Tag, cancellationToken).ConfigureAwait(false);
        }
        catch (TagIsTakenException taken) when (taken.Current is null || taken.Current == image.Digest)
        {
            // Another run wrote it first: a mark contains its image's digest, so no other image can have it.
        }

        return true;
    }
}
