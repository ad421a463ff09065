using Lading.Aws.Ecs;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>The successful deployments of a service, the newest first, as far back as a rollback may go.</summary>
/// <param name="service">The service.</param>
/// <param name="most">The number of distinct releases to read.</param>
/// <param name="since">All deployments since this time are read, and the one before.</param>
internal sealed class PastDeployments(ServiceEvidence service, int most, DateTimeOffset since)
{
    private readonly List<SuccessfulDeployment> listed = [];
    private readonly List<(SuccessfulDeployment Deployment, RevisionEvidence? Revision)> read = [];
    private readonly HashSet<string> tokens = new(StringComparer.Ordinal);
    private string? next;
    private bool hasBegun;

    /// <summary>The deployments whose revision was read.</summary>
    public IEnumerable<(SuccessfulDeployment Deployment, RevisionEvidence Revision)> Read =>
        read.Where(each => each.Revision is not null).Select(each => (each.Deployment, each.Revision!));

    public ServiceEvidence Service => service;

    /// <summary>Whether to read more: consecutive deployments of the same images are one release, whatever else they changed.</summary>
    public bool GoesOn =>
        HasMore && (read.Count == 0 || read[^1].Deployment.CreatedAt >= since || CountReleases() < most);

    private bool HasMore => !hasBegun || next is not null || listed.Count > read.Count;

    /// <summary>The next deployments to read.</summary>
    /// <param name="list">Returns the page of a token.</param>
    public async Task<IReadOnlyList<SuccessfulDeployment>> NextAsync(
        Func<string?, Task<AwsPage<SuccessfulDeployment>?>> list
    )
    {
        while ((!hasBegun || next is not null) && (listed.Count < read.Count + most || listed[^1].CreatedAt >= since))
        {
            hasBegun = true;
            var page = await list(next).ConfigureAwait(false);
            listed.AddRange((page?.Items ?? []).Where(deployment => deployment.Revision.Length > 0));
            // Pages that lead back to one another would never end.
            next = page?.Next is { Length: > 0 } following && tokens.Add(following) ? following : null;
        }

        // The last deployment before the period was current when it began.
        var recent = listed.Count(deployment => deployment.CreatedAt >= since) + 1;
        return [.. listed.Take(Math.Max(recent, read.Count + most)).Skip(read.Count)];
    }

    /// <summary>Adds the revisions of deployments; null for those that could not be read.</summary>
    public void Add(IEnumerable<(SuccessfulDeployment Deployment, RevisionEvidence? Revision)> found) =>
        read.AddRange(found);

    /// <summary>
    /// Counts distinct releases by the rule of <c>LastReleases</c>. The oldest counts once its predecessor is known,
    /// which may show that it was rolled back.
    /// </summary>
    private int CountReleases()
    {
        var sets = read.Select(each => each.Revision)
            .OfType<RevisionEvidence>()
            .Select(revision => ImagesOf(revision).ToHashSet())
            .ToList();
        var counted = new HashSet<HashSet<UsedImage>>(HashSet<UsedImage>.CreateSetComparer());
        for (var i = 0; i < sets.Count; i++)
        {
            if (i == 0 || (i + 1 == sets.Count ? !HasMore : !sets[i - 1].SetEquals(sets[i + 1])))
            {
                counted.Add(sets[i]);
            }
        }

        return counted.Count;
    }

    /// <summary>The images of a revision.</summary>
    public static IEnumerable<UsedImage> ImagesOf(RevisionEvidence revision) =>
        revision.Images.SelectMany(image => TaskUses.ImagesOf(image.Image, image.Digest)).Distinct();
}
