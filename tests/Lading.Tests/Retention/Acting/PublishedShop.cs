using Lading.Fingerprints;
using Lading.Oci;
using Lading.Shipping;
using Lading.Testing;
using Lading.Tests.Fingerprints;

namespace Lading.Tests.Retention.Acting;

/// <summary>An image of a commit, which nothing uses once it is published.</summary>
internal sealed class PublishedShop : IDisposable
{
    /// <summary>Longer than an image is kept for its age.</summary>
    public static readonly TimeSpan LongAgo = TimeSpan.FromDays(60);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private PublishedShop(GeneratedImage image, ImageIdentity identity)
    {
        Image = image;
        Identity = identity;
    }

    public GeneratedImage Image { get; }

    public ImageIdentity Identity { get; }

    public static async Task<PublishedShop> CreateAsync()
    {
        using var git = await TestRepository.CreateAsync();
        git.Write("lading.json", """{ "project": "shop", "images": { "web": { "context": "." } } }""")
            .Write("Dockerfile", "FROM scratch\nCOPY . /srv\n");
        await git.CommitAsync("first");
        var identity = Assert.Single(await git.IdentitiesAsync(revision: "HEAD"));
        return new PublishedShop(
            await GeneratedImage.CreateAsync(1, 100, TestContext.Current.CancellationToken),
            identity
        );
    }

    /// <summary>Publishes the image, and returns the digest for the lock.</summary>
    public Task<Digest> PublishAsync(PrunedWorld world, IImageRegistry? registry = null) =>
        world.PublishAsync(Identity, Image, registry);

    /// <summary>The digest for the lock after <c>publish</c>, <c>resolve</c> or <c>promote</c>.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="world">The target.</param>
    /// <param name="origin">The origin, for <c>promote</c>.</param>
    /// <param name="registry">The registry of <paramref name="world"/>, if it is wrapped.</param>
    /// <exception cref="LadingException">The image is gone, and no lock is written.</exception>
    public Task<Digest> LockAsync(
        string verb,
        PrunedWorld world,
        PrunedWorld origin,
        IImageRegistry? registry = null
    ) =>
        verb switch
        {
            "publish" => PublishAsync(world, registry),
            "resolve" => ResolveAsync(world, registry ?? world.Registry),
            _ => PromoteAsync(world, origin, registry ?? world.Registry),
        };

    /// <summary>Publishes the image, and lets a long time pass.</summary>
    public async Task<Digest> PublishLongAgoAsync(PrunedWorld world)
    {
        var digest = await PublishAsync(world);
        world.Time.Advance(LongAgo);
        return digest;
    }

    /// <summary>The same; then marks the image, and lets the grace period pass.</summary>
    public async Task<Digest> RipenAsync(PrunedWorld world)
    {
        var digest = await PublishLongAgoAsync(world);
        await world.PruneAsync();
        world.Time.Advance(TimeSpan.FromDays(8));
        return digest;
    }

    public void Dispose() => Image.Dispose();

    private async Task<Digest> ResolveAsync(PrunedWorld world, IImageRegistry registry)
    {
        var survey = await RegistrySurvey.MakeAsync(registry, [Identity], Cancelled);
        var found =
            survey.Find(Identity) ?? throw new LadingException("Could not resolve it", "it was never published");
        await new MarkedImages(registry, PrunedWorld.Dev, 7, world.Time).KeepAsync([Identity], survey, Cancelled);
        return found.Digest;
    }

    private async Task<Digest> PromoteAsync(PrunedWorld world, PrunedWorld origin, IImageRegistry registry)
    {
        var plan = ShippingPlan.ForPromotion(
            PrunedWorld.Dev,
            [Identity],
            await RegistrySurvey.MakeAsync(registry, [Identity], Cancelled),
            await RegistrySurvey.MakeAsync(origin.Registry, [Identity], Cancelled)
        );
        var publisher = new Publisher(
            registry,
            _ => new PromotedImageProducer(origin.Registry, world.Time),
            RepositorySettings.ImmutableExcept(),
            [],
            world.Time
        );
        return Assert.Single(await publisher.PublishAsync(plan, null, world, Cancelled)).Locked.Digest;
    }
}
