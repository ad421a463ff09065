using Lading.Aws.Ecr;
using Lading.Diagnosis;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Aws.Diagnosis;

/// <summary>Whether ECR's lifecycle rules would delete images that run or are pinned: they do not consider use.</summary>
internal sealed class LifecycleCheck(ExaminedAccount account) : AccountCheck(DoctorCheck.LifecycleRules, account)
{
    private const int MaximumNames = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <summary>Decides by the preview of a repository's rules.</summary>
    /// <param name="repository">Its name.</param>
    /// <param name="registry">The account of the registry.</param>
    /// <param name="preview">The images that the rules would affect; null if there are no rules.</param>
    /// <param name="live">The images of the repository that run or are pinned.</param>
    /// <param name="options">Options for commands, so that they use the account.</param>
    public static IReadOnlyList<HealthFinding> Decide(
        RepositoryName repository,
        string registry,
        IReadOnlyList<ExpiringImage>? preview,
        IReadOnlyList<LiveImage> live,
        string options
    )
    {
        if (preview is null)
        {
            return [HealthFinding.Fine($"no lifecycle rules of {repository}")];
        }

        var uses = live.ToLookup(image => image.Digest, image => image.Use);
        var findings = preview
            .Where(image => uses.Contains(image.Digest))
            .GroupBy(image => (image.Rule, image.Action))
            .Select(group =>
            {
                var images = group
                    .Select(image => $"{LiveImages.Short(image.Digest)} ({uses[image.Digest].First()})")
                    .ToList();
                return HealthFinding.Broken(
                    $"lifecycle rule {group.Key.Rule} of {repository} would {(group.Key.Action == "EXPIRE" ? "delete" : "archive")} {Listing.Of(images, MaximumNames)}",
                    $"aws ecr delete-lifecycle-policy --registry-id {registry} --repository-name {repository}{options} (lading prune knows what is in use)"
                );
            })
            .ToList();
        return findings.Count > 0 ? findings : [HealthFinding.Fine($"lifecycle rules of {repository} spare what runs")];
    }

    public override async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var evidence = await Account.ReadAsync(cancellationToken).ConfigureAwait(false);
        var live = LiveImages.Of(evidence).Concat(OfLock()).ToList();
        var repositories = live.Select(image => image.Repository).Concat(OfProject()).Distinct(StringComparer.Ordinal);
        var findings = await Task.WhenAll(
                repositories.Select(name =>
                    LookAsync(name, [.. live.Where(image => image.Repository == name)], cancellationToken)
                )
            )
            .ConfigureAwait(false);
        var all = findings.SelectMany(each => each).ToList();
        if (evidence.Unread.Count > 0)
        {
            all.Add(
                HealthFinding.Unknown(
                    $"not all that runs is known: {evidence.Unread[0].Reason}",
                    "docs/iam.md has the policy for doctor"
                )
            );
        }

        return all.Count > 0 ? all : [HealthFinding.Fine("no repository in ECR")];
    }

    private async Task<IReadOnlyList<HealthFinding>> LookAsync(
        string name,
        IReadOnlyList<LiveImage> live,
        CancellationToken cancellationToken
    )
    {
        if (
            !ImageReference.TryParse(name, out var reference)
            || reference.Host is not { } host
            || !EcrAddress.TryParse(host, out var address)
        )
        {
            return [];
        }

        var repository = reference.Repository;
        if (address.Region != Account.Region)
        {
            return
            [
                HealthFinding.Unknown(
                    $"the lifecycle rules of {repository} were not read: it is in {address.Region}",
                    $"name an environment in {address.Region} to lading doctor"
                ),
            ];
        }

        try
        {
            var policy = await Account
                .FindAsync(new GetLifecyclePolicy(address.Account, repository), cancellationToken)
                .ConfigureAwait(false);
            return Decide(
                repository,
                address.Account,
                policy is null
                    ? null
                    : await PreviewAsync(address.Account, repository, cancellationToken).ConfigureAwait(false),
                live,
                Account.CliOptions
            );
        }
        catch (LadingException e)
        {
            return [HealthFinding.Unknown($"lifecycle rules of {repository}: {e.CameBack}", e.Remedy)];
        }
    }

    /// <summary>The images that the rules would affect, which ECR computes in the background.</summary>
    private async Task<IReadOnlyList<ExpiringImage>> PreviewAsync(
        string registry,
        RepositoryName repository,
        CancellationToken cancellationToken
    )
    {
        // A preview that is already in progress, an expected error, is of the same policy.
        _ = await Account
            .FindAsync(new StartLifecyclePolicyPreview(registry, repository), cancellationToken)
            .ConfigureAwait(false);
        while (true)
        {
            var page = await Account
                .AskAsync(new GetLifecyclePolicyPreview(registry, repository, null), cancellationToken)
                .ConfigureAwait(false);
            if (page.Status == "COMPLETE")
            {
                return await RestAsync(registry, repository, page, cancellationToken).ConfigureAwait(false);
            }

            if (page.Status != "IN_PROGRESS")
            {
                throw new LadingException(
                    "Could not preview lifecycle rules",
                    $"the preview of ECR ended as {page.Status}",
                    "try again"
                );
            }

            await Task.Delay(Pause, Account.Session.Schedule.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<ExpiringImage>> RestAsync(
        string registry,
        RepositoryName repository,
        LifecyclePage page,
        CancellationToken cancellationToken
    )
    {
        var images = page.Images.ToList();
        while (page.Next is { Length: > 0 } next)
        {
            page = await Account
                .AskAsync(new GetLifecyclePolicyPreview(registry, repository, next), cancellationToken)
                .ConfigureAwait(false);
            images.AddRange(page.Images);
        }

        return images;
    }

    private IEnumerable<string> OfProject() =>
        Account is { Machine.Project: { } project, Environment.RegistryHost: { } host, RegistryAccount: not null }
            ? project.Configuration.Images.Values.Select(image => $"{host}/{image.Repository}")
            : [];

    /// <summary>The pins of the environment's lock, deployed or not.</summary>
    private IEnumerable<LiveImage> OfLock()
    {
        var environment = Account.Environment;
        if (
            Account.Machine.Project is not { } project
            || environment.RegistryHost is not { } host
            || !project.Configuration.Environments.ContainsKey(environment.Name)
        )
        {
            return [];
        }

        return LockFile.FindReadable(project.In(environment.Name).LockPath) is { } locked
            ? locked.Images.Values.Select(image => new LiveImage(
                $"{host}/{image.Repository}",
                image.Digest,
                $"pinned by the lock of {environment.Name}"
            ))
            : [];
    }
}
