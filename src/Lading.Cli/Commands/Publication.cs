using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Engines;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Cli.Commands;

/// <summary>The way of <c>publish</c> and <c>promote</c>: identities, plan, acts, lock.</summary>
internal static class Publication
{
    public static async Task<IReadOnlyList<PublishedImage>> RunAsync(
        Invocation invocation,
        Project project,
        PublicationWish wish,
        CancellationToken cancellationToken
    )
    {
        var started = invocation.Host.Time.GetTimestamp();
        var request = wish.Sources;
        var platform = wish.Platform;
        using var work = WorkFolder.Create(project, invocation.Host);
        using var registries = new Registries(project, invocation);
        await Planning.PrepareAsync(registries, project, cancellationToken).ConfigureAwait(false);
        var sources = await ProjectSources
            .OpenAsync(project.Folder, request, work.Path + "-dirty", cancellationToken)
            .ConfigureAwait(false);
        await using (sources.ConfigureAwait(false))
        {
            if (!request.Uncommitted && DirtyInputs.Refusal(sources, wish.MayBeDirty) is { } refusal)
            {
                throw refusal;
            }

            var scope = platform is null
                ? new PlatformScope(sources.Images, [])
                : PlatformScope.Of(sources.Images, platform, request.Images);
            var plan = await Planning
                .PlanAsync(registries, project, scope.Images, platform, cancellationToken)
                .ConfigureAwait(false);
            RequireRepositories(plan, wish.NoCreate);
            var lockPath = wish.Lock ?? project.LockPath;

            // All images need no lock as it was, some keep the entries of the others; and a file of the user's own is not overwritten unread.
            var isOwn = request.Images.Count == 0 && wish.Lock is null;
            var known = isOwn ? LockFile.FindReadable(lockPath) : LockFile.Find(lockPath);
            var screen = new ShippingScreen(invocation, plan);
            var published = await screen
                .ShowAsync(async progress =>
                {
                    var target = await registries
                        .OpenAsync(project.Environment, cancellationToken)
                        .ConfigureAwait(false);
                    var upstream = new Upstream(registries);
                    var floating = new FloatingBases(upstream, invocation.Host.Time);
                    using var builder = new DockerfileBuilder(
                        token => ChooseEngineAsync(invocation, wish, token),
                        project.Folder.Path,
                        floating,
                        work.Path,
                        target.Open,
                        wish.Cache
                    );
                    var producer = new ImageProducer(
                        sources,
                        builder,
                        upstream,
                        floating,
                        await OriginAsync(registries, project, cancellationToken).ConfigureAwait(false),
                        work.Path
                    );
                    var publisher = new Publisher(
                        target,
                        producer,
                        AliasTags.SettingsFor(project.Configuration.Aliases),
                        AliasTags.For(project.Configuration.Aliases, sources.Status?.Branch, CommitOf(sources)),
                        withReferrers: !wish.NoReferrers
                    );
                    return await publisher.PublishAsync(plan, known, progress, cancellationToken).ConfigureAwait(false);
                })
                .ConfigureAwait(false);
            if (platform is null)
            {
                var confirmed = ImageLock.Of(
                    project.Environment.Name,
                    published.Select(image => (image.Plan.Name, image.Locked))
                );
                LockFile.Write(
                    lockPath,
                    request.Images.Count == 0 ? confirmed : confirmed.Keeping(known, project.Configuration.Images.Keys)
                );
            }

            await ConfigurationSchema.ProvideAsync(project.Folder.Path, cancellationToken).ConfigureAwait(false);
            await screen
                .DoneAsync(published, sources, invocation.Host.Time.GetElapsedTime(started), cancellationToken)
                .ConfigureAwait(false);
            WorkflowResults.Of(
                new WorkflowRun(invocation.Host, invocation.Terminal),
                plan,
                published,
                platform is null ? lockPath : null
            );
            if (platform is not null && !invocation.Json)
            {
                PlatformScreen.Show(invocation.Terminal, project.Environment.Name, platform, scope.Left);
            }

            return published;
        }
    }

    private static Task<Engine> ChooseEngineAsync(
        Invocation invocation,
        PublicationWish wish,
        CancellationToken cancellationToken
    ) =>
        EngineChoice.ChooseAsync(
            [
                ("--engine", wish.Engine),
                ("LADING_ENGINE", invocation.Host.Variable("LADING_ENGINE")),
                ("CDK_DOCKER", invocation.Host.Variable("CDK_DOCKER")),
            ],
            cancellationToken
        );

    private static async Task<IImageRegistry?> OriginAsync(
        Registries registries,
        Project project,
        CancellationToken cancellationToken
    ) =>
        project.Environment.PromoteFrom is { } origin
            ? await registries.OpenAsync(project.In(origin).Environment, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>The commit that aliases name; none where something that is not committed goes into an image: it would be no image of that commit.</summary>
    private static Git.ObjectId? CommitOf(ProjectSources sources) =>
        sources.Images.Any(image => image.Commit is null) ? null : sources.Commit;

    private static void RequireRepositories(ShippingPlan plan, bool noCreate)
    {
        if (plan.MissingRepositories.Count == 0)
        {
            return;
        }

        var names = string.Join(", ", plan.MissingRepositories);
        var attempted = $"Could not publish to {plan.Environment.Name}";
        if (plan.Environment.Repositories == RepositoryOwner.Cdk)
        {
            throw LadingException.Usage(
                attempted,
                $"repositories are missing ({names}), and the environment says \"repositories\": \"cdk\"",
                "Deploy the stack that has their ImageRepository constructs first."
            );
        }

        if (noCreate)
        {
            throw new LadingException(
                attempted,
                $"repositories are missing: {names}",
                "Create them, with immutable tags, or leave --no-create out."
            );
        }
    }
}
