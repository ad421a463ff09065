using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Acting;

/// <summary>The actions on the images of a repository.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="ToMark">Images to mark for deletion.</param>
/// <param name="Waiting">Images whose mark is not old enough, the first to be deleted first.</param>
/// <param name="ToDelete">Images to delete now: referrers before their subjects, indexes before their children.</param>
/// <param name="ToKeep">Marked images that came into use: the mark is overridden.</param>
internal sealed record RepositoryMarking(
    StoredRepository Repository,
    IReadOnlyList<StoredImage> ToMark,
    IReadOnlyList<WaitingImage> Waiting,
    IReadOnlyList<StoredImage> ToDelete,
    IReadOnlyList<StoredImage> ToKeep
)
{
    /// <summary>Referrers that get no mark: they are removed with their subject, which is to be marked or waits.</summary>
    public IReadOnlyList<StoredImage> Followers { get; init; } = [];

    /// <summary>Derives the actions on one repository.</summary>
    public static RepositoryMarking Of(RepositoryPlan plan, DateOnly today, int grace)
    {
        var deletable = plan
            .Images.Where(decision => !decision.IsKept && !decision.Image.IsArchived)
            .ToDictionary(decision => decision.Image.Digest, decision => decision.Image);
        var parents = ParentsAmong(deletable);
        var toMark = new List<StoredImage>();
        var waiting = new List<WaitingImage>();
        foreach (var image in deletable.Values.Where(image => NeedsMark(image, parents)))
        {
            if (SinceOf(image) is not { } since)
            {
                toMark.Add(image);
            }
            else if (since.AddDays(grace) is var until && until > today)
            {
                waiting.Add(new WaitingImage(plan.Repository, image, since, until));
            }
        }

        var tooRecent = toMark.Concat(waiting.Select(one => one.Image)).Select(image => image.Digest).ToHashSet();
        var toDelete = Ordered(deletable, parents, tooRecent);
        var others = tooRecent.Concat(toDelete.Select(image => image.Digest)).ToHashSet();
        return new RepositoryMarking(
            plan.Repository,
            toMark,
            [.. waiting.OrderBy(one => one.Until)],
            toDelete,
            RevivedImages.Of(plan)
        )
        {
            Followers = [.. deletable.Values.Where(image => !others.Contains(image.Digest))],
        };
    }

    /// <summary>
    /// Whether an image needs a mark of its own. Only a referrer without tags other than marks is removed together with its
    /// subject, before it. Children of an index are removed after it; a child left by a killed run is recognized by its mark.
    /// </summary>
    private static bool NeedsMark(StoredImage image, ILookup<Digest, StoredImage> parents) =>
        image.Tags.Any(tag => DeletionMark.Find(tag) is null)
        || parents[image.Digest].All(parent => parent.Digest != image.Subject);

    private static DateOnly? SinceOf(StoredImage image) => DeletionMark.MarkedSince(image.Digest, image.Tags);

    /// <summary>The images whose marks each image waits for: the indexes that contain it, and its subject.</summary>
    private static ILookup<Digest, StoredImage> ParentsAmong(Dictionary<Digest, StoredImage> deletable)
    {
        var indexes = deletable.Values.SelectMany(index =>
            (index.Children ?? []).Select(child => (Child: child.Digest, Parent: index))
        );
        var subjects = deletable.Values.SelectMany(image =>
            MarkingPlan
                .SubjectsOf(image)
                .Where(deletable.ContainsKey)
                .Select(subject => (Child: image.Digest, Parent: deletable[subject]))
        );
        return indexes.Concat(subjects).ToLookup(pair => pair.Child, pair => pair.Parent);
    }

    /// <summary>
    /// Images whose own mark and those of all their parents are old enough; each follows those that refer to it.
    /// </summary>
    private static List<StoredImage> Ordered(
        Dictionary<Digest, StoredImage> deletable,
        ILookup<Digest, StoredImage> parents,
        HashSet<Digest> tooRecent
    )
    {
        var isRipe = new Dictionary<Digest, bool>();
        var namers = deletable
            .Values.SelectMany(image => MarkingPlan.NamedBy(image).Select(named => (named, image)))
            .ToLookup(pair => pair.named, pair => pair.image);
        var ordered = new List<StoredImage>();
        var placed = new HashSet<Digest>();
        foreach (var image in deletable.Values.Where(IsRipe))
        {
            Place(image);
        }

        return ordered;

        // A digest refers only to older content; tags alone could refer in circles.
        bool IsRipe(StoredImage image)
        {
            if (!isRipe.TryGetValue(image.Digest, out var known))
            {
                isRipe[image.Digest] = !tooRecent.Contains(image.Digest);
                known = isRipe[image.Digest] && parents[image.Digest].All(IsRipe);
                isRipe[image.Digest] = known;
            }

            return known;
        }

        void Place(StoredImage image)
        {
            if (placed.Add(image.Digest))
            {
                foreach (var namer in namers[image.Digest].Where(IsRipe))
                {
                    Place(namer);
                }

                ordered.Add(image);
            }
        }
    }
}

/// <summary>A marked image that is not deleted yet.</summary>
/// <param name="Repository">Its repository.</param>
/// <param name="Image">The image.</param>
/// <param name="Since">The day it was marked.</param>
/// <param name="Until">The first day on which it may be deleted.</param>
internal sealed record WaitingImage(StoredRepository Repository, StoredImage Image, DateOnly Since, DateOnly Until);
