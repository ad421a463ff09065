using Lading.Oci;
using Lading.Retention.Deciding;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>
/// What a run of <c>prune --apply</c> does, in two steps that are two runs: what may go is marked, and goes once its mark is old
/// enough.
/// </summary>
/// <param name="Repositories">In the order of the plan.</param>
internal sealed record MarkingPlan(IReadOnlyList<RepositoryMarking> Repositories)
{
    private static readonly Lazy<Dictionary<string, Digest>> NoLongDigests = new(() => []);

    /// <summary>Decides it; nothing is read.</summary>
    /// <param name="plan">What may go, and what is kept.</param>
    /// <param name="today">The day of UTC.</param>
    /// <param name="grace">For how many days a mark waits.</param>
    public static MarkingPlan Of(RetentionPlan plan, DateOnly today, int grace) =>
        new([.. plan.Repositories.Select(repository => RepositoryMarking.Of(repository, today, grace))]);

    /// <summary>What an image names, and is removed before: its children, and what it is about.</summary>
    public static IEnumerable<Digest> NamedBy(StoredImage image) =>
        (image.Children ?? []).Select(child => child.Digest).Concat(SubjectsOf(image));

    /// <summary>What an image is about: its subject, and the images that tags such as cosign's name.</summary>
    public static IEnumerable<Digest> SubjectsOf(StoredImage image)
    {
        if (image.Subject is { } subject)
        {
            yield return subject;
        }

        foreach (var tag in image.Tags)
        {
            if (SubjectTag.TryParse(tag, NoLongDigests, out var named) && named != image.Digest)
            {
                yield return named;
            }
        }
    }
}
