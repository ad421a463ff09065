using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Tests.Shipping;

/// <summary>
/// A plan is a value, which follows from what is wanted and what registries have; nothing is done yet.
/// </summary>
public sealed class PlanningAPublication
{
    private static readonly EnvironmentDefinition Dev = new() { Name = "dev", Registry = "embedded" };
    private static readonly EnvironmentDefinition Prod = Dev with { Name = "prod", PromoteFrom = "dev" };
    private static readonly ImageIdentity Web = Image("web", epoch: 0);
    private static readonly ImageIdentity Site = Image("site", epoch: 1);

    [Fact]
    public void Builds_missing_images_and_reuses_the_others_with_their_digests_and_tags()
    {
        var git = Tag.Parse("git-" + new string('a', 40));
        var found = Survey((Web, 'b', [Web.Fingerprint.SourceTag, git]), (Site, null, null));

        var plan = ShippingPlan.ForPublish(Dev, [Site, Web], found);

        Assert.Equal([("site", ShippingAction.Build), ("web", ShippingAction.Reuse)], Actions(plan));
        Assert.Null(plan.Images[0].Digest);
        Assert.Equal(DigestOf('b'), plan.Images[1].Digest);
        Assert.Equal([Web.Fingerprint.SourceTag, git], plan.Images[1].Tags);
        Assert.Equal("site", Assert.Single(plan.New).Name);
        Assert.Empty(plan.MissingRepositories);
    }

    [Fact]
    public void A_tag_of_another_fingerprint_in_the_repository_is_not_reused()
    {
        var other = Web with { Fingerprint = Site.Fingerprint };

        var plan = ShippingPlan.ForPublish(Dev, [Web], Survey((other, 'b', null)));

        Assert.Equal([("web", ShippingAction.Build)], Actions(plan));
    }

    [Fact]
    public void Repositories_that_do_not_exist_are_listed_in_byte_order()
    {
        var contents = new[] { Web, Site }.ToDictionary(
            image => image.Definition.Repository,
            _ => new RepositoryContents(Exists: false, new Dictionary<ManifestReference, FoundImage>())
        );

        var plan = ShippingPlan.ForPublish(Dev, [Web, Site], RegistrySurvey.Of(contents));

        Assert.Equal(["shop/site", "shop/web"], plan.MissingRepositories.Select(name => name.Value));
    }

    [Fact]
    public void Everything_counts_as_missing_if_no_registry_was_asked()
    {
        var plan = ShippingPlan.ForPublish(Dev, [Site, Web], target: null);

        Assert.Equal([("site", ShippingAction.Build), ("web", ShippingAction.Build)], Actions(plan));
        Assert.Empty(plan.MissingRepositories);
    }

    [Theory]
    [InlineData(null)]
    [InlineData('c')]
    public void A_mirrored_image_is_copied_at_its_pin(char? pin)
    {
        Digest? digest = pin is { } digit ? DigestOf(digit) : null;
        var inputs = new MirroredInputs
        {
            Platforms = [],
            Epoch = 0,
            From = new BaseReference("example.com/x:1", digest),
        };
        var foreign = Web with { Inputs = inputs, Fingerprint = inputs.Fingerprint() };

        var plan = ShippingPlan.ForPublish(Dev, [foreign], Survey((foreign, null, null)));

        Assert.Equal([("web", ShippingAction.Copy)], Actions(plan));
        Assert.Equal(digest, plan.Images[0].Digest);
    }

    [Fact]
    public void A_promotion_copies_what_the_other_environment_has_and_reuses_what_is_there()
    {
        var target = Survey((Web, 'b', null), (Site, null, null));
        var source = Survey((Web, null, null), (Site, 'c', null));

        var plan = ShippingPlan.ForPromotion(Prod, [Site, Web], target, source);

        Assert.Equal([("site", ShippingAction.Copy), ("web", ShippingAction.Reuse)], Actions(plan));
        Assert.Equal([DigestOf('c'), DigestOf('b')], plan.Images.Select(image => image.Digest!.Value));
    }

    [Fact]
    public void A_promotion_of_what_was_never_published_is_refused_with_all_names()
    {
        var nothing = Survey((Web, null, null), (Site, null, null));

        var failure = Assert.Throws<LadingException>(() =>
            ShippingPlan.ForPromotion(Prod, [Site, Web], nothing, nothing)
        );

        Assert.Equal(FailureKind.CheckFailed, failure.Kind);
        Assert.Contains($"site ({Site.Fingerprint.SourceTag}), web ({Web.Fingerprint.SourceTag})", failure.Message);
        Assert.Contains("lading publish --env dev", failure.Remedy);
    }

    private static ImageIdentity Image(string name, int epoch)
    {
        var inputs = new MirroredInputs
        {
            Platforms = [],
            Epoch = epoch,
            From = new BaseReference(name, null),
        };
        return new ImageIdentity
        {
            Root = "HEAD",
            Definition = new MirroredImage
            {
                Name = name,
                Repository = RepositoryName.Parse($"shop/{name}"),
                From = name,
            },
            // The kind of the inputs decides the action, and these two are built.
            Inputs = new AssembledInputs
            {
                Platforms = [Platform.LinuxAmd64],
                Epoch = epoch,
                Base = null,
                Files = [],
                Definition = new AssembledImage
                {
                    Name = name,
                    Repository = RepositoryName.Parse($"shop/{name}"),
                    Sources = [],
                    Base = "scratch",
                    Copy = [],
                },
            },
            Fingerprint = inputs.Fingerprint(),
            Commit = ObjectId.Parse(new string('a', 40)),
        };
    }

    private static RegistrySurvey Survey(
        params IReadOnlyList<(ImageIdentity Image, char? Digest, IReadOnlyList<Tag>? Tags)> images
    ) =>
        RegistrySurvey.Of(
            images.ToDictionary(
                item => item.Image.Definition.Repository,
                item => new RepositoryContents(
                    Exists: true,
                    item.Digest is { } digit
                        ? new Dictionary<ManifestReference, FoundImage>
                        {
                            [item.Image.Fingerprint.SourceTag] = new(
                                DigestOf(digit),
                                MediaTypes.OciManifest,
                                item.Tags
                            ),
                        }
                        : []
                )
            )
        );

    private static IEnumerable<(string, ShippingAction)> Actions(ShippingPlan plan) =>
        plan.Images.Select(image => (image.Name, image.Action));

    private static Digest DigestOf(char digit) => Digest.Parse("sha256:" + new string(digit, 64));
}
