using System.Collections.Concurrent;
using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>Removes images in large calls, and logs each outcome.</summary>
/// <param name="registry">The registry.</param>
/// <param name="archives">Whether images are archived instead.</param>
/// <param name="audit">The log.</param>
/// <param name="time">The clock.</param>
internal sealed class ImageRemoval(IPrunedRegistry registry, bool archives, AuditLog audit, TimeProvider time)
{
    private readonly ConcurrentBag<PrunedImage> removed = [];
    private readonly ConcurrentBag<PrunedImage> spared = [];
    private readonly ConcurrentBag<PruneFailure> failures = [];

    public IReadOnlyCollection<PrunedImage> Removed => removed;

    public IReadOnlyCollection<PrunedImage> Spared => spared;

    public IReadOnlyCollection<PruneFailure> Failures => failures;

    /// <summary>The attempted action.</summary>
    public string Verb => archives ? "archive" : "delete";

    /// <summary>Records an image that was to be removed and stays.</summary>
    public void Spare(StoredRepository repository, Digest digest, string reason)
    {
        spared.Add(new PrunedImage(repository, digest));
        audit.Write("kept", repository, digest, reason, time.GetUtcNow());
    }

    /// <summary>Removes the images of a call. A refusal is recorded, and the rest continues.</summary>
    public async Task RunAsync(RemovalCall planned, CancellationToken cancellationToken)
    {
        var refused = new Dictionary<Digest, string>();
        IReadOnlyCollection<Digest> kept = [];
        var call = planned;
        try
        {
            call = await WithoutTaggedAsync(planned, cancellationToken).ConfigureAwait(false);
            if (archives)
            {
                // Referrers are small, and useful as soon as their image is restored.
                var heads = RemovalCall.HeadsOf(call.Images);
                call = call with { Images = [.. call.Images.Where(image => heads[image.Digest] == image.Digest)] };
                await ArchiveAsync(call, refused, cancellationToken).ConfigureAwait(false);
                kept = await RestoreTaggedAsync(call, refused, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                var referrers = await BareReferrers.ReadAsync(registry, call, cancellationToken).ConfigureAwait(false);
                await DeleteAsync(call, refused, cancellationToken).ConfigureAwait(false);
                var remaining = (await FindAsync(call, cancellationToken).ConfigureAwait(false)).Keys.ToList();
                kept =
                [
                    .. remaining,
                    .. await referrers.PutBackAsync(remaining, cancellationToken).ConfigureAwait(false),
                ];
            }
        }
        catch (LadingException e)
        {
            foreach (var image in call.Images)
            {
                refused.TryAdd(image.Digest, e.CameBack);
            }
        }

        foreach (var digest in call.Images.Select(image => image.Digest))
        {
            Record(call.Repository, digest, refused.GetValueOrDefault(digest), kept.Contains(digest));
        }
    }

    private void Record(StoredRepository repository, Digest digest, string? refusal, bool isKept)
    {
        if (refusal is not null)
        {
            failures.Add(new PruneFailure(new PrunedImage(repository, digest), Verb, refusal));
            audit.Write("failed", repository, digest, refusal, time.GetUtcNow());
        }
        else if (isKept)
        {
            Spare(repository, digest, "an index names it, or somebody has just tagged it");
        }
        else
        {
            removed.Add(new PrunedImage(repository, digest));
            audit.Write(archives ? "archived" : "deleted", repository, digest, "", time.GetUtcNow());
        }
    }

    /// <summary>The call without images that were tagged since their tags were read, and without their referrers.</summary>
    private async Task<RemovalCall> WithoutTaggedAsync(RemovalCall call, CancellationToken cancellationToken)
    {
        var heads = RemovalCall.HeadsOf(call.Images);
        var checkedImages = archives
            ? call.Images
            :
            [
                .. call.Images.Where(image =>
                    heads.Any(pair => pair.Value == image.Digest && pair.Key != image.Digest)
                ),
            ];
        var now = await FindAsync(call with { Images = checkedImages }, cancellationToken).ConfigureAwait(false);
        var tagged = checkedImages.Where(image => HasNewTag(image, now)).Select(image => image.Digest).ToHashSet();
        foreach (var image in call.Images.Where(image => tagged.Contains(heads[image.Digest])))
        {
            Spare(call.Repository, image.Digest, "somebody has just tagged it, or its subject");
        }

        return call with
        {
            Images = [.. call.Images.Where(image => !tagged.Contains(heads[image.Digest]))],
        };
    }

    private async Task ArchiveAsync(
        RemovalCall call,
        Dictionary<Digest, string> refused,
        CancellationToken cancellationToken
    )
    {
        foreach (var image in call.Images)
        {
            try
            {
                await registry
                    .ArchiveAsync(call.Repository.Name, image.Digest, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (LadingException e)
            {
                refused[image.Digest] = e.CameBack;
            }
        }
    }

    /// <summary>Restores images that were tagged while they were being archived.</summary>
    /// <returns>The restored images.</returns>
    private async Task<IReadOnlyCollection<Digest>> RestoreTaggedAsync(
        RemovalCall call,
        Dictionary<Digest, string> refused,
        CancellationToken cancellationToken
    )
    {
        var now = await FindAsync(call, cancellationToken).ConfigureAwait(false);
        var tagged = call.Images.Where(image => !refused.ContainsKey(image.Digest) && HasNewTag(image, now)).ToList();
        foreach (var image in tagged)
        {
            await registry.RestoreAsync(call.Repository.Name, image.Digest, cancellationToken).ConfigureAwait(false);
        }

        return [.. tagged.Select(image => image.Digest)];
    }

    /// <summary>Referrers are removed before their subject.</summary>
    private async Task DeleteAsync(
        RemovalCall call,
        Dictionary<Digest, string> refused,
        CancellationToken cancellationToken
    )
    {
        var heads = RemovalCall.HeadsOf(call.Images);
        foreach (
            var part in call.Images.GroupBy(image => heads[image.Digest] == image.Digest).OrderBy(part => part.Key)
        )
        {
            foreach (var chunk in part.SelectMany(RemovalCall.ReferencesOf).Chunk(RemovalCall.Most))
            {
                var failed = await registry
                    .RemoveAsync(call.Repository.Name, chunk, cancellationToken)
                    .ConfigureAwait(false);
                foreach (var failure in failed)
                {
                    foreach (
                        var reference in chunk.Where(one => failure.Digest is null || one.Digest == failure.Digest)
                    )
                    {
                        refused.TryAdd(reference.Digest, failure.Reason);
                    }
                }
            }
        }
    }

    private static bool HasNewTag(StoredImage image, IReadOnlyDictionary<Digest, FoundImage> now) =>
        now.GetValueOrDefault(image.Digest)?.Tags?.Any(tag => !image.Tags.Contains(tag.Name)) == true;

    /// <summary>The tagged images of a call that still exist, with their tags.</summary>
    private async Task<Dictionary<Digest, FoundImage>> FindAsync(RemovalCall call, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Digest, FoundImage>();
        foreach (var chunk in call.Images.Where(image => archives || image.Tags.Count > 0).Chunk(RemovalCall.Most))
        {
            var contents = await registry
                .FindImagesAsync(
                    call.Repository.Name,
                    [.. chunk.Select(image => (ManifestReference)image.Digest)],
                    cancellationToken
                )
                .ConfigureAwait(false);
            foreach (var image in contents.Images.Values)
            {
                found[image.Digest] = image;
            }
        }

        return found;
    }
}
