using Lading.Oci;
using Lading.Retention;
using Lading.Retention.Evidence;

namespace Lading.Tests.Retention.Model;

/// <summary>
/// Bugs that the walk must find: those that other clean-up tools have or had, and those that this one could have.
/// </summary>
internal static class ModelBugs
{
    public static IReadOnlyList<ModelBug> All { get; } =
    [
        new("a digest behind a tag is not seen: name:tag@digest is read as name:tag")
        {
            Name = (image, _, form) => form == 2 ? image with { Manifest = Tag.Parse("latest") } : image,
        },
        new("hosts are compared as they are written, so FIPS and dual-stack hosts are others")
        {
            Name = (image, _, form) => form < 2 ? image with { Host = "registry.example" } : image,
        },
        new("children of an index are not kept")
        {
            FirstSeed = 49,
            Evidence = EachImage(image => image with { Children = [] }),
        },
        new("an index is not kept for a child in use")
        {
            FirstSeed = 49,
            Decision = Without(reason => reason.Text.StartsWith("index that names", StringComparison.Ordinal)),
        },
        new("referrers are not kept")
        {
            Decision = Without(reason => reason.Text.StartsWith("about", StringComparison.Ordinal)),
        },
        new("paging is cut off after the first page of services")
        {
            Evidence = evidence => evidence with { Uses = [.. evidence.Uses.Take(4)] },
        },
        new("paging is cut off after the first page of the images of a target")
        {
            Evidence = evidence =>
                evidence with
                {
                    Repositories =
                    [
                        .. evidence.Repositories.Select(each =>
                            each.Host == Stored.OtherHost ? each with { Images = [.. each.Images.Take(1)] } : each
                        ),
                    ],
                },
        },
        new("pending change sets are not read") { FirstSeed = 64, Unread = "change sets" },
        new("templates are not read") { Unread = "templates" },
        new("a stack whose update is under way holds nothing") { FirstSeed = 63, Unread = "updates under way" },
        new("what a deployment would go back to is not read") { FirstSeed = 97, Unread = "deployments" },
        new("tasks that just stopped are not read") { Unread = "stopped tasks" },
        new("inactive task definitions that a schedule names are not read") { Unread = "schedules" },
        new("of a function only the latest version is read") { FirstSeed = 50, Unread = "earlier versions" },
        new("records are not read") { Unread = "records" },
        new("the last releases are counted over all environments")
        {
            Evidence = evidence =>
                evidence with
                {
                    Releases =
                    [
                        .. evidence.Releases.Select(release => release with { Environment = "all", Stack = "all" }),
                    ],
                },
        },
        new("versions of a record are counted, though failed updates and their rollbacks write some")
        {
            FirstSeed = 50,
            Evidence = evidence =>
                evidence with
                {
                    Releases =
                    [
                        .. evidence.Releases.Select(release =>
                            release with
                            {
                                Images =
                                [
                                    .. release.Images,
                                    new UsedImage($"version {release.Version}", null, default),
                                ],
                            }
                        ),
                    ],
                },
        },
        new("one release fewer is kept than the policy says")
        {
            Policy = policy => policy with { Releases = policy.Releases - 1 },
        },
        new("branches are not read") { Unread = "branches" },
        new("jobs that wait in a queue are not read") { Unread = "queued jobs" },
        new("locks that are committed are not read") { Unread = "committed locks" },
        new("what images are held back to is not read") { Unread = "holds" },
        new("who may pull by the policy of the registry is not read") { FirstSeed = 23, Unread = "registry policy" },
        new("a call that failed counts as one that found nothing") { TakesFailuresForNothing = true },
        new("an index that was not read holds nothing")
        {
            FirstSeed = 462,
            Evidence = EachImage(image => image with { Children = image.Children ?? [] }),
        },
        new("promoted images are not kept in their origin")
        {
            Evidence = evidence => evidence with { Promotions = [] },
        },
        new("pulls are not heeded") { Policy = policy => policy with { Pulled = TimeSpan.Zero } },
        new("patterns of tags are not heeded") { Policy = policy => policy with { Keep = [] } },
        new("what lading keep names is not heeded") { Policy = policy => policy with { Kept = [] } },
        new("images that are not Lading's may go") { Policy = policy => policy with { Others = ["*"] } },
        new("one tag marks many images") { FirstSeed = 128, SharesMarks = true },
        new("what may go is deleted without a mark and its grace") { SkipsGrace = true },
        new("a mark is removed though it is the last tag") { RemovesMarks = true, IsRare = true },
        new("a publish between mark and deletion does not outrank the mark")
        {
            FirstSeed = 143,
            PublishesMarked = true,
        },
        new("a deployment does not outrank the mark of an image that it did not publish")
        {
            DeploysMarked = true,
            IsRare = true,
        },
        new("an image is deleted by digest, whatever tags it got meanwhile") { DeletesByDigest = true, IsRare = true },
        new("nothing is read again before a batch") { DoesNotReadAgain = true },
        new("an archived image is marked, which restores it") { MarksArchived = true },
    ];

    private static Func<RetentionEvidence, RetentionEvidence> EachImage(Func<StoredImage, StoredImage> change) =>
        evidence =>
            evidence with
            {
                Repositories =
                [
                    .. evidence.Repositories.Select(each => each with { Images = [.. each.Images.Select(change)] }),
                ],
            };

    private static Func<ImageDecision, ImageDecision> Without(Predicate<KeepReason> reason) =>
        decision => decision with { Reasons = [.. decision.Reasons.Where(each => !reason(each))] };
}
