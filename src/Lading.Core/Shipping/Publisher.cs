using System.Collections.Concurrent;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>
/// Carries out a plan: produces and pushes missing images, and adds missing tags to the others. The caller writes the
/// lock.
/// </summary>
/// <param name="target">The environment's registry.</param>
/// <param name="producerFor">Returns the producer of a missing image.</param>
/// <param name="settings">The settings of new repositories.</param>
/// <param name="aliases">Extra tags for each image.</param>
/// <param name="time">The clock.</param>
/// <param name="withReferrers">Whether an image's referrers are published with it: its statement and
/// signatures.</param>
internal sealed class Publisher(
    IImageRegistry target,
    Func<PlannedImage, IImageProducer> producerFor,
    RepositorySettings settings,
    IReadOnlyList<Tag> aliases,
    TimeProvider time,
    bool withReferrers = true
)
{
    /// <summary>The number of images processed concurrently; producers use engines one at a time.</summary>
    private const int Parallelism = 4;

    private readonly ImageTags imageTags = new(target);
    private readonly KeptImages kept = new(target, time);
    private readonly ArchivedImages archived = new(time);

    /// <summary>Publishes the images of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="known">The previous lock, which may have revisions; null if there is none.</param>
    /// <param name="progress">Receives each step.</param>
    /// <param name="cancellationToken">Cancels it; pushed images stay, and no tag points to an incomplete
    /// image.</param>
    /// <returns>In the order of the plan.</returns>
    /// <exception cref="LadingException">An image could not be produced or pushed; a tagged image is always
    /// complete.</exception>
    public async Task<IReadOnlyList<PublishedImage>> PublishAsync(
        ShippingPlan plan,
        ImageLock? known,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        foreach (var repository in plan.MissingRepositories)
        {
            await target.CreateRepositoryAsync(repository, settings, cancellationToken).ConfigureAwait(false);
        }

        var sent = new ConcurrentDictionary<string, SentImage>(StringComparer.Ordinal);
        await Parallel
            .ForEachAsync(
                plan.New,
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (image, token) => sent[image.Name] = await SendAsync(image, progress, token).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        var settled = plan
            .Images.Select(async image =>
                sent.TryGetValue(image.Name, out var result)
                    ? await SettleAsync(
                            image with
                            {
                                MediaType = result.MediaType,
                            },
                            result.Digest,
                            null,
                            result.Revision,
                            known,
                            progress,
                            cancellationToken
                        )
                        .ConfigureAwait(false) with
                    {
                        BytesSent = result.BytesSent,
                        BytesThere = result.BytesThere,
                    }
                    : await SettleAsync(
                            image,
                            image.Digest!.Value,
                            image.Tags,
                            null,
                            known,
                            progress,
                            cancellationToken
                        )
                        .ConfigureAwait(false)
            )
            .ToList();
        return await Task.WhenAll(settled).ConfigureAwait(false);
    }

    /// <summary>
    /// Produces an image and pushes it; its source tag comes last, so that a tagged image is always complete.
    /// </summary>
    private async Task<SentImage> SendAsync(
        PlannedImage image,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        var produced =
            image.Adopted?.In(target.Open(image.Repository))
            ?? await producerFor(image).ProduceAsync(image, progress, cancellationToken).ConfigureAwait(false);
        var manifest =
            await produced.Repository.FindManifestContentAsync(produced.Digest, cancellationToken).ConfigureAwait(false)
            ?? throw new LadingException(
                $"Could not copy image {image.Name}",
                $"{produced.Repository.Display} does not have {produced.Digest}"
            );
        var destination = target.Open(image.Repository);
        var copied = await ImageCopy
            .RunAsync(
                new CopyRequest(produced.Repository, manifest, destination)
                {
                    Tag = image.SourceTag,
                    Rule = TagRule.Adopt,
                    BeforeTag = withReferrers
                        ? token => ImageReferrers.PutAsync(image, produced, manifest, destination, token)
                        : null,
                },
                new PushProgress(image.Name, progress),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (copied.Standing is var winner && winner != produced.Digest)
        {
            progress.Report(
                new ShippingEvent(image.Name, ShippingStage.Pushing)
                {
                    Note = $"another machine published the same inputs first, as {winner}: that image is used",
                }
            );
        }

        return new SentImage(
            winner,
            winner == produced.Digest ? manifest.MediaType : null,
            produced.Revision,
            copied.BytesSent,
            copied.BytesThere
        );
    }

    /// <summary>Adds the tags that an image in the registry lacks, and returns its entry for the lock.</summary>
    private async Task<PublishedImage> SettleAsync(
        PlannedImage image,
        Digest digest,
        IReadOnlyList<Tag>? tags,
        string? origin,
        ImageLock? known,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        if (image is { IsArchived: true, Action: ShippingAction.Reuse })
        {
            await archived.RestoreAsync(target, image, progress, cancellationToken).ConfigureAwait(false);
        }

        if (image.Only is { } platform)
        {
            await kept.KeepAsync(image, digest, tags, progress, cancellationToken).ConfigureAwait(false);
            // A single platform is not a release: aliases and the commit's tag are for the whole image.
            progress.Report(new ShippingEvent(image.Name, ShippingStage.Done));
            return new PublishedImage(
                image,
                new LockedImage(image.Repository.Value, digest, image.Image.Fingerprint.Hex, null, [platform])
                {
                    FingerprintVersion = image.Image.FingerprintVersion,
                },
                0,
                0
            );
        }

        var repository = target.Open(image.Repository);
        var revision = tags is null
            // A lock may outlive the image that it names, and its tag with it.
            ? LockEntry.KnownRevision(image.Image, digest, image.Action == ShippingAction.Reuse ? known : null)
            : RevisionTag.RevisionAmong(tags);
        if (revision is null)
        {
            tags ??= await target.FindTagsOfAsync(image.Repository, digest, cancellationToken).ConfigureAwait(false);
            revision = RevisionTag.RevisionAmong(tags);
        }

        if (revision is null && (origin ?? image.Image.Commit?.ToString()) is { } commit)
        {
            var tag = RevisionTag.Of(ObjectId.Parse(commit));
            await imageTags
                .PutAsync(repository, image, digest, tag, tags, progress, cancellationToken)
                .ConfigureAwait(false);
            revision = commit;
        }

        var moved = new List<MovedAlias>();
        foreach (var alias in aliases.Where(alias => tags?.Contains(alias) != true))
        {
            if (
                await imageTags.FindMoveAsync(image, digest, alias, known, cancellationToken).ConfigureAwait(false) is
                { } move
            )
            {
                moved.Add(move);
            }

            await imageTags
                .PutAsync(repository, image, digest, alias, tags, progress, cancellationToken)
                .ConfigureAwait(false);
        }

        await kept.KeepAsync(image, digest, tags, progress, cancellationToken).ConfigureAwait(false);
        progress.Report(new ShippingEvent(image.Name, ShippingStage.Done));
        var entry = await LockEntry
            .OfAsync(repository, image.Image, digest, image.MediaType, revision, cancellationToken)
            .ConfigureAwait(false);
        return new PublishedImage(image, entry, 0, 0) { Moved = moved };
    }

    private sealed record SentImage(
        Digest Digest,
        string? MediaType,
        string? Revision,
        long BytesSent,
        long BytesThere
    );
}
