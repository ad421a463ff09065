using Lading.Configuration;
using Lading.Engines;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>
/// Publishes the images of a project to its environment, or promotes them there: computes identities, plans, pushes,
/// writes the lock.
/// </summary>
internal sealed class Publication(Workspace workspace)
{
    private Projects.Project Project => workspace.Project;

    private EnvironmentDefinition Environment => Project.Environment;

    /// <summary>Publishes or promotes images.</summary>
    /// <param name="request">The images and options.</param>
    /// <param name="progress">Receives the plan before anything is done, then each step.</param>
    /// <param name="cancellationToken">Cancels it; pushed images stay, and the lock is unchanged.</param>
    /// <exception cref="LadingException">Inputs are uncommitted, a repository is missing, or an image could not be
    /// built or pushed.</exception>
    public async Task<PublishOutcome> RunAsync(
        PublishRequest request,
        IPublishProgress progress,
        CancellationToken cancellationToken
    )
    {
        EngineChoice.RequireProgram(request.Engines);
        var target = await workspace.Registries.OpenAsync(Environment, cancellationToken).ConfigureAwait(false);
        // Credentials and connections are prepared while git is read.
        target.Prepare();
        var sources = await ProjectSnapshot
            .OpenAsync(Project.Folder, request.Sources, workspace.Path + "-dirty", cancellationToken)
            .ConfigureAwait(false);
        await using (sources.ConfigureAwait(false))
        {
            if (!request.Sources.Uncommitted && DirtyInputs.Refusal(sources, request.MayBeDirty) is { } refusal)
            {
                throw refusal;
            }

            var scope = request.Platform is { } platform
                ? PlatformScope.Of(sources.Images, platform, request.Sources.Images)
                : new PlatformScope(sources.Images, []);
            // Images must not be removed between their lookup and the lock that names them.
            using var removalBlock = await target.BlockRemovalAsync("publish", cancellationToken).ConfigureAwait(false);
            var plan = await new Planning(workspace)
                .PlanAsync(target, scope.Images, request.Platform, cancellationToken)
                .ConfigureAwait(false);
            RequireRepositories(plan, request.NoCreate);
            plan = await plan.WithFilesAsync(cancellationToken).ConfigureAwait(false);
            plan = plan with
            {
                Notes = await BuildNotes
                    .FindAsync(
                        sources,
                        plan.Images.Where(image => image.Action == ShippingAction.Build).Select(image => image.Image),
                        cancellationToken
                    )
                    .ConfigureAwait(false),
            };
            progress.Planned(plan);

            // A lock of all images replaces an unreadable one. A lock of some keeps the other entries, and a file that
            // the user named may be something else: both must be readable.
            var lockPath = request.Lock ?? Project.LockPath;
            var isReplaceable = request.Sources.Images.Count == 0 && request.Lock is null;
            var before = isReplaceable ? LockFile.FindReadable(lockPath) : LockFile.Find(lockPath);
            var published = await CarryOutAsync(request, sources, target, plan, before, progress, cancellationToken)
                .ConfigureAwait(false);
            await AliasHistory
                .ReportAsync(sources, Project.Configuration.Aliases, published, progress, cancellationToken)
                .ConfigureAwait(false);
            if (request.Platform is null)
            {
                WriteLock(request, lockPath, before, published);
            }

            await ConfigurationSchema.ProvideAsync(Project.Folder.Path, cancellationToken).ConfigureAwait(false);
            return new PublishOutcome(plan, published)
            {
                Platform = request.Platform,
                LockPath = request.Platform is null ? lockPath : null,
                Before = before,
                Left = scope.Left,
                CommitTimes =
                    plan.New.Any() || request.TellsTimes
                        ? await TimesAsync(sources, published, cancellationToken).ConfigureAwait(false)
                        : new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal),
            };
        }
    }

    private async Task<IReadOnlyList<PublishedImage>> CarryOutAsync(
        PublishRequest request,
        ProjectSnapshot sources,
        IImageRegistry target,
        ShippingPlan plan,
        ImageLock? before,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        var origin =
            Environment.PromoteFrom is { } from && plan.New.Any()
                ? await workspace
                    .Registries.OpenAsync(Project.In(from).Environment, cancellationToken)
                    .ConfigureAwait(false)
                : null;
        // Before anything is pushed: if there is no engine, nothing is published.
        var engine = plan.Images.Any(image => image.BuiltPlatforms.Any())
            ? await EngineChoice.ChooseAsync(request.Engines, cancellationToken).ConfigureAwait(false)
            : null;
        var upstream = new UpstreamImages(workspace.Registries, workspace.Time);
        var bases = plan.Images.Where(image => image.IsMadeHere).SelectMany(image => image.Image.Inputs.Bases);
        // Each base is resolved once, before the builds, so that all images use the same digest.
        var current = new ConcurrentWork<CurrentBases>(
            token => upstream.FindCurrentAsync(bases, token),
            cancellationToken
        );
        await using var currentScope = current.ConfigureAwait(false);
        using var producers = new ImageProducers(
            workspace,
            sources,
            engine,
            request.Cache,
            target,
            origin,
            upstream,
            current.Result
        );
        var aliases = Project.Configuration.Aliases;
        var publisher = new Publisher(
            target,
            producers.For,
            AliasTags.SettingsFor(aliases),
            AliasTags.Of(aliases, sources),
            workspace.Time,
            withReferrers: !request.NoReferrers
        );
        return await publisher.PublishAsync(plan, before, progress, cancellationToken).ConfigureAwait(false);
    }

    private void WriteLock(
        PublishRequest request,
        string path,
        ImageLock? before,
        IReadOnlyList<PublishedImage> published
    )
    {
        var confirmed = ImageLock.Of(Environment.Name, published.Select(image => (image.Plan.Name, image.Locked)));
        LockFile.Write(
            path,
            request.Sources.Images.Count == 0 ? confirmed : confirmed.Keeping(before, Project.Configuration.Images.Keys)
        );
    }

    private static async Task<IReadOnlyDictionary<string, DateTimeOffset>> TimesAsync(
        ProjectSnapshot sources,
        IReadOnlyList<PublishedImage> published,
        CancellationToken cancellationToken
    )
    {
        var times = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (
            var revision in published
                .Where(image => image.Plan.Action == ShippingAction.Reuse)
                .Select(image => image.Locked.Revision)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
        )
        {
            if (
                await CommitTime.FindAsync(sources.Objects, revision, cancellationToken).ConfigureAwait(false) is
                { } time
            )
            {
                times[revision] = time;
            }
        }

        return times;
    }

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
                $"Deploy the stack that has their ImageRepository constructs first. '{DoctorCheck.Command(DoctorCheck.Repositories, plan.Environment.Selector)}' tells which are there."
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
