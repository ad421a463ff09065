using Lading.Cli.Output;
using Lading.Oci;
using Lading.Retention;
using Lading.Retention.Acting;
using Lading.Retention.Evidence;

namespace Lading.Tests.Retention.Acting;

public sealed class OrderingRemovals
{
    private static readonly DateOnly Today = new(2026, 11, 29);
    private static readonly KeepReason Kept = new(KeepRule.Use, "runs");

    [Fact]
    public void Referrers_go_before_their_subjects_and_indexes_before_their_children()
    {
        var child = Ripe("child", "src-child");
        var index = Ripe("index", "src-index") with { Children = [DescriptorOf(child)] };
        var statement = Bare("statement") with { Subject = child.Digest };
        var signature = Bare("signature") with { Subject = statement.Digest };

        var batches = Batches(child, index, statement, signature);

        Assert.Equal(
            [
                [index],
                [signature, statement, child],
            ],
            batches.Select(batch => Assert.Single(batch).Images)
        );
    }

    [Fact]
    public void A_call_takes_a_hundred_references_and_never_splits_the_tags_of_an_image()
    {
        var images = Enumerable.Range(0, 250).Select(i => Ripe($"image {i}", $"src-{i}")).ToArray();

        var calls = Assert.Single(Batches(images));

        // Two tags each: its own and the mark.
        Assert.Equal(5, calls.Count);
        Assert.All(calls, call => Assert.Equal(50, call.Images.Count));
    }

    [Fact]
    public void The_mark_is_the_last_tag_to_go()
    {
        var image = Ripe("image", "src-1", "zzz");

        var references = RemovalCall.ReferencesOf(image);

        Assert.Equal(3, references.Count);
        Assert.StartsWith("lading-expired-", references[^1].Tag!.Value.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Children_of_an_image_in_its_grace_period_wait_with_it()
    {
        var child = Ripe("child", "src-child");
        var index = Marked("index", Today.AddDays(-1), "src-index") with { Children = [DescriptorOf(child)] };

        var marking = MarkingOf(child, index);

        Assert.Empty(marking.ToDelete);
        Assert.Equal(index, Assert.Single(marking.Waiting).Image);
    }

    [Fact]
    public void Children_and_tagged_images_are_marked_and_an_untagged_referrer_is_not()
    {
        var child = Bare("child");
        var index = Bare("index") with { Tags = ["src-index"], Children = [DescriptorOf(child)] };
        var statement = Bare("statement") with { Subject = index.Digest };
        var signed = Bare("signed") with { Subject = index.Digest, Tags = ["sha256-0123.sig"] };

        var marking = MarkingOf(child, index, statement, signed);

        Assert.Equivalent(new[] { child, index, signed }, marking.ToMark, strict: true);
        Assert.Equal([statement], marking.Followers);
        Assert.Equal(
            "Mark 3 images of prod for deletion (1 more goes with its subject)?",
            PruneConfirmation.Of(
                new MarkingPlan([marking]),
                new PruneRequest(7, Archives: false, "prod", "") { Host = "embedded" }
            )
        );
    }

    [Fact]
    public void A_signature_that_names_its_subject_by_a_tag_waits_with_it_and_goes_before_it()
    {
        var subject = Marked("image", Today.AddDays(-1), "src-1");
        var signature = Ripe("signature", $"sha256-{subject.Digest.Hex}.sig");

        Assert.Empty(MarkingOf(subject, signature).ToDelete);
        var ripe = Ripe("image", "src-1");
        Assert.Equal([signature, ripe], MarkingOf(ripe, signature).ToDelete);
        Assert.Equal(
            [
                [signature],
                [ripe],
            ],
            Batches(ripe, signature).Select(batch => Assert.Single(batch).Images)
        );
    }

    [Fact]
    public void Archived_images_are_neither_marked_nor_deleted()
    {
        var marking = MarkingOf(Ripe("image", "src-1") with { IsArchived = true });

        Assert.Empty(marking.ToMark);
        Assert.Empty(marking.ToDelete);
    }

    [Fact]
    public void An_image_that_is_held_for_a_gap_keeps_its_mark()
    {
        var image = Ripe("image", "src-1");

        Assert.Empty(MarkingOf([new ImageDecision(image, [new KeepReason(KeepRule.Hold, "unknown")])]).ToKeep);
        Assert.Single(MarkingOf([new ImageDecision(image, [Kept])]).ToKeep);
    }

    private static IReadOnlyList<IReadOnlyList<RemovalCall>> Batches(params StoredImage[] images) =>
        RemovalBatches.Of([MarkingOf(images)]);

    private static RepositoryMarking MarkingOf(params StoredImage[] images) =>
        MarkingOf([.. images.Select(image => new ImageDecision(image, []))]);

    private static RepositoryMarking MarkingOf(IReadOnlyList<ImageDecision> decisions) =>
        RepositoryMarking.Of(
            new RepositoryPlan(
                new StoredRepository
                {
                    Host = "embedded",
                    Name = RepositoryName.Parse("shop/web"),
                    Images = [.. decisions.Select(decision => decision.Image)],
                },
                decisions,
                [],
                null
            ),
            Today,
            grace: 7
        );

    private static StoredImage Ripe(string name, params string[] tags) => Marked(name, Today.AddDays(-7), tags);

    private static StoredImage Marked(string name, DateOnly day, params string[] tags)
    {
        var image = Bare(name);
        return image with { Tags = [DeletionMark.ExpiredOn(day, image.Digest).Tag.Name, .. tags] };
    }

    private static StoredImage Bare(string name) =>
        new() { Digest = Digest.OfBytes(System.Text.Encoding.UTF8.GetBytes(name)) };

    private static Descriptor DescriptorOf(StoredImage image) =>
        new()
        {
            MediaType = MediaTypes.OciManifest,
            Digest = image.Digest,
            Size = 1,
        };
}
