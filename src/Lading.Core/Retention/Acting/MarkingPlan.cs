using Lading.Oci;
using Lading.Retention.Deciding;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>
/// The actions of a run of <c>prune --apply</c>. Deletion takes two runs: images that may be deleted are marked, and a
/// later run deletes them once their mark is old enough.
/// </summary>
/// <param name="Repositories">The actions on each repository, in the order of the plan.</param>
internal sealed record MarkingPlan(IReadOnlyList<RepositoryMarking> Repositories)
{
    private static readonly Lazy<Dictionary<string, Digest>> NoLongDigests = new(() => []);

    /// <summary>Derives the actions from a plan, without reading anything.</summary>
    /// <param name="plan">The decision on each image.</param>
    /// <param name="today">The day of UTC.</param>
    /// <param name="grace">The grace period of a mark, in days.</param>
    public static MarkingPlan Of(RetentionPlan plan, DateOnly today, int grace) =>
        new([.. plan.Repositories.Select(repository => RepositoryMarking.Of(repository, today, grace))]);

    /// <summary>
    /// The images that an image refers to, which must be removed after it: its children, and its subject.
    /// </summary>
    public static IEnumerable<Digest> NamedBy(StoredImage image) =>
        (image.Children ?? []).Select(child => child.Digest).Concat(SubjectsOf(image));

    /// <summary>The subjects of an image: by its manifest, and by tags such as cosign's.</summary>
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
