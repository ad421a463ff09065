using System.Collections.Concurrent;
using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>Removes images by calls that take many, and writes down what became of each.</summary>
/// <param name="registry">The registry.</param>
/// <param name="archives">Whether images go to the archive instead.</param>
/// <param name="audit">Where it is written down.</param>
/// <param name="time">The clock.</param>
internal sealed class ImageRemoval(IPrunedRegistry registry, bool archives, AuditLog audit, TimeProvider time)
{
    private readonly ConcurrentBag<PrunedImage> removed = [];
    private readonly ConcurrentBag<PrunedImage> spared = [];
    private readonly ConcurrentBag<PruneFailure> failures = [];

    public IReadOnlyCollection<PrunedImage> Removed => removed;

    public IReadOnlyCollection<PrunedImage> Spared => spared;

    public IReadOnlyCollection<PruneFailure> Failures => failures;

    /// <summary>What is tried.</summary>
    public string Verb => archives ? "archive" : "delete";

    /// <summary>Notes an image that was to go and stays.</summary>
    public void Spare(StoredRepository repository, Digest digest, string reason)
    {
        spared.Add(new PrunedImage(repository, digest));
        audit.Write("kept", repository, digest, reason, time.GetUtcNow());
    }

    /// <summary>Removes the images of a call. What is refused is noted, and nothing else is given up for it.</summary>
    public async Task RunAsync(RemovalCall call, CancellationToken cancellationToken)
    {
        var refused = new Dictionary<Digest, string>();
        IReadOnlyCollection<Digest> left = [];
        try
        {
            if (archives)
            {
                await ArchiveAsync(call, refused, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await DeleteAsync(call, refused, cancellationToken).ConfigureAwait(false);
                left = await FindLeftAsync(call, cancellationToken).ConfigureAwait(false);
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
            if (refused.TryGetValue(digest, out var reason))
            {
                failures.Add(new PruneFailure(new PrunedImage(call.Repository, digest), Verb, reason));
                audit.Write("failed", call.Repository, digest, reason, time.GetUtcNow());
            }
            else if (left.Contains(digest))
            {
                Spare(
                    call.Repository,
                    digest,
                    "it is still there: an index names it, or somebody put a tag on it in this moment"
                );
            }
            else
            {
                removed.Add(new PrunedImage(call.Repository, digest));
                audit.Write(archives ? "archived" : "deleted", call.Repository, digest, "", time.GetUtcNow());
            }
        }
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

    private async Task DeleteAsync(
        RemovalCall call,
        Dictionary<Digest, string> refused,
        CancellationToken cancellationToken
    )
    {
        var owned = call
            .Images.SelectMany(image => RemovalCall.ReferencesOf(image).Select(reference => (reference, image.Digest)))
            .ToList();
        foreach (var chunk in owned.Chunk(RemovalCall.Most))
        {
            var references = chunk.Select(owner => owner.reference).ToList();
            foreach (
                var failure in await registry
                    .RemoveAsync(call.Repository.Name, references, cancellationToken)
                    .ConfigureAwait(false)
            )
            {
                foreach (
                    var (_, digest) in chunk.Where(owner =>
                        failure.Reference is null || owner.reference == failure.Reference
                    )
                )
                {
                    refused.TryAdd(digest, failure.Reason);
                }
            }
        }
    }

    /// <summary>What is still there, since it has a tag that nobody knew of.</summary>
    private async Task<IReadOnlyCollection<Digest>> FindLeftAsync(RemovalCall call, CancellationToken cancellationToken)
    {
        var tagged = call.Images.Where(image => image.Tags.Count > 0).Select(image => (ManifestReference)image.Digest);
        List<ManifestReference> asked = [.. tagged];
        if (asked.Count == 0)
        {
            return [];
        }

        var contents = await registry
            .FindImagesAsync(call.Repository.Name, asked, cancellationToken)
            .ConfigureAwait(false);
        return [.. contents.Images.Values.Select(found => found.Digest)];
    }
}
