using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Layout;
using Lading.Oci;
using Lading.Provenance;
using Lading.Shipping;
using Lading.Testing;
using Lading.Tests.Fingerprints;

namespace Lading.Tests.Shipping;

/// <summary>
/// An image published under an older version of the rules is adopted only if its statement shows the inputs that the
/// new rules give.
/// </summary>
public sealed class AdoptingEarlierImages : IAsyncLifetime, IProgress<ShippingEvent>
{
    private static readonly EnvironmentDefinition Dev = new() { Name = "dev", Registry = "embedded" };
    private readonly TestFolder store = new();
    private TestRepository? repository;
    private GeneratedImage? image;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IImageRegistry Registry => new EmbeddedRegistry(new LayoutStore(store.Path), TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        image = await GeneratedImage.CreateAsync(1, 100, Cancelled);
        repository = await TestRepository.CreateAsync();
        repository
            .Write("lading.json", """{ "project": "p", "images": { "web": { "context": "app" } } }""")
            .Write("app/Dockerfile", "FROM scratch\nCOPY . /srv\n")
            .Write("app/main.c", "main\n")
            .Write("docker/ignore", ".env\n");
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "app/.dockerignore"), "../docker/ignore");
    }

    public ValueTask DisposeAsync()
    {
        image!.Dispose();
        repository!.Dispose();
        store.Dispose();
        return ValueTask.CompletedTask;
    }

    void IProgress<ShippingEvent>.Report(ShippingEvent value)
    {
        // Not observed.
    }

    [Fact]
    public async Task The_same_inputs_are_adopted_and_nothing_is_built()
    {
        var web = await IdentityAsync();
        var published = await PublishAsEarlierAsync(web);

        var plan = await PlanAsync(web);
        var adopted = Assert.Single(await PublishAsync(plan));

        Assert.Equal(ShippingAction.Adopt, Assert.Single(plan.Images).Action);
        Assert.Equal(published, adopted.Locked.Digest);
        Assert.Equal(web.Fingerprint.Hex, adopted.Locked.Fingerprint);
        Assert.Contains("from the same inputs: adopted", plan.Images[0].Note, StringComparison.Ordinal);
        var statement = await StatementArtifact.FindAsync(
            Registry.Open(web.Definition.Repository),
            published,
            Cancelled
        );
        Assert.Equal((2, web.Fingerprint), (statement!.FingerprintVersion, statement.Fingerprint));
        Assert.Equal(["app/.dockerignore", "docker/ignore"], statement.Trail.Select(file => file.FullPath));
        Assert.Equal(ShippingAction.Reuse, Assert.Single((await PlanAsync(web)).Images).Action);
    }

    [Fact]
    public async Task Rebuilds_an_image_that_contained_an_ignored_file_and_says_why()
    {
        repository!.Write("app/.env", "SECRET=1\n");
        var web = await IdentityAsync();
        await PublishAsEarlierAsync(web);

        var planned = Assert.Single((await PlanAsync(web)).Images);

        Assert.Equal(ShippingAction.Build, planned.Action);
        Assert.Equal(
            $"rebuilt rather than adopted from {web.Earlier!.Value.SourceTag}: app/.env was an input, and no longer is",
            planned.Note
        );
    }

    [Fact]
    public async Task Rebuilds_an_image_without_a_statement()
    {
        var web = await IdentityAsync();
        await PublishAsEarlierAsync(web, withReferrers: false);

        var planned = Assert.Single((await PlanAsync(web)).Images);

        Assert.Equal(ShippingAction.Build, planned.Action);
        Assert.Contains("carries no statement", planned.Note, StringComparison.Ordinal);
    }

    private async Task<ImageIdentity> IdentityAsync()
    {
        await repository!.CommitAsync("All");
        return Assert.Single(await repository.IdentitiesAsync(revision: "HEAD"));
    }

    /// <summary>
    /// Publishes like a program that knows version 1 only: the text of the link is the rules of the ignore file.
    /// </summary>
    private async Task<Digest> PublishAsEarlierAsync(ImageIdentity web, bool withReferrers = true)
    {
        await using var objects = ObjectReader.Start(new GitProgram(repository!.Folder));
        var paths = new RepositoryPath("");
        var view = await RevisionView.FindAsync(objects, "HEAD", paths, Cancelled);
        var read = await new ImageInputsReader(objects, paths).ReadAsync(view!, [web.Definition], Cancelled);
        var earlier = web with { Inputs = read[0].Earlier!, Fingerprint = web.Earlier!.Value, Earlier = null };
        Assert.Equal(earlier.Fingerprint, earlier.Inputs.Fingerprint());
        var plan = ShippingPlan.ForPublish(Dev, [earlier], null) with
        {
            MissingRepositories = [web.Definition.Repository],
        };
        return Assert.Single(await PublishAsync(plan, withReferrers)).Locked.Digest;
    }

    private async Task<ShippingPlan> PlanAsync(ImageIdentity web)
    {
        var survey = await RegistrySurvey.MakeAsync(Registry, [web], Cancelled);
        return await AdoptionSurvey.CompleteAsync(Registry, ShippingPlan.ForPublish(Dev, [web], survey), Cancelled);
    }

    private async Task<IReadOnlyList<PublishedImage>> PublishAsync(ShippingPlan plan, bool withReferrers = true) =>
        await new Publisher(
            Registry,
            _ => new Ready(image!),
            RepositorySettings.ImmutableExcept(),
            [],
            TimeProvider.System,
            withReferrers
        ).PublishAsync(plan, null, this, Cancelled);

    /// <summary>Produces the same image for every request.</summary>
    private sealed class Ready(GeneratedImage image) : IImageProducer
    {
        public Task<ProducedImage> ProduceAsync(
            PlannedImage planned,
            IProgress<ShippingEvent> progress,
            CancellationToken cancellationToken
        ) =>
            Task.FromResult(
                new ProducedImage(image.Layout, image.Digest) { Inputs = ImageProvenance.Of(planned.Image) }
            );
    }
}
