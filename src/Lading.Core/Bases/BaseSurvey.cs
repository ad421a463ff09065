using Lading.Configuration;
using Lading.Oci;
using Lading.Registries;

namespace Lading.Bases;

/// <summary>Queries the registries of bases, several concurrently.</summary>
/// <param name="registries">Opens registries by their hosts.</param>
/// <param name="time">The clock.</param>
/// <param name="limit">The time limit for one base; null for the default of a registry.</param>
internal sealed class BaseSurvey(IRegistries registries, TimeProvider time, TimeSpan? limit = null)
{
    /// <summary>The number of concurrent queries.</summary>
    private const int Parallelism = 8;

    /// <summary>
    /// Returns the states of the bases' pins, in the same order. If a registry fails, only its bases are unreachable.
    /// </summary>
    /// <param name="uses">The bases.</param>
    /// <param name="withAges">Whether to read configurations for the dates of images.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task<IReadOnlyList<BasePinStatus>> LookAsync(
        IReadOnlyList<BaseDependency> uses,
        bool withAges,
        CancellationToken cancellationToken
    ) => ForAllAsync(uses, (use, token) => LookAsync(use, withAges, token), Unreachable, cancellationToken);

    /// <summary>Finds the current pins of bases, in the same order.</summary>
    /// <param name="uses">The bases, none of which has a <see cref="BaseDependency.KnownState"/> other than <see cref="BaseState.Fixed"/>.</param>
    /// <param name="wanted">The digest to pin one of them to; null for the current one of its reference.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task<IReadOnlyList<ResolvedPin>> ResolveAsync(
        IReadOnlyList<BaseDependency> uses,
        Func<BaseDependency, Digest?> wanted,
        CancellationToken cancellationToken
    ) =>
        ForAllAsync(
            uses,
            (use, token) => ResolveAsync(use, wanted(use) ?? use.Image!.Digest, token),
            (use, failure) => new ResolvedPin(use, null, null, failure),
            cancellationToken
        );

    private async Task<BasePinStatus> LookAsync(BaseDependency use, bool withAges, CancellationToken cancellationToken)
    {
        if (use.KnownState is { } known)
        {
            return new BasePinStatus(use, known)
            {
                Created =
                    withAges && use is { Image: { Digest: { } digest } image }
                        ? await CreatedAsync(use, image, digest, cancellationToken).ConfigureAwait(false)
                        : null,
            };
        }

        var reference = use.Image!;
        var repository = await OpenAsync(reference, cancellationToken).ConfigureAwait(false);
        var current =
            await repository.FindManifestAsync(reference.Manifest, cancellationToken).ConfigureAwait(false)
            ?? throw NotFound(use, reference);
        var status = new BasePinStatus(use, BaseState.Unpinned) { Current = current.Digest };
        if (use.Pin is not { } pin)
        {
            return withAges
                ? status with
                {
                    CurrentCreated = await CreatedAsync(use, reference, current.Digest, cancellationToken)
                        .ConfigureAwait(false),
                }
                : status;
        }

        if (pin.Digest != current.Digest)
        {
            var exists =
                await repository.FindManifestAsync(pin.Digest, cancellationToken).ConfigureAwait(false) is not null;
            status = status with { State = exists ? BaseState.Behind : BaseState.Gone };
        }
        else
        {
            status = status with { State = BaseState.Current };
        }

        return withAges ? await WithAgesAsync(status, pin, reference, cancellationToken).ConfigureAwait(false) : status;
    }

    private async Task<BasePinStatus> WithAgesAsync(
        BasePinStatus status,
        BasePin pin,
        ImageReference reference,
        CancellationToken cancellationToken
    ) =>
        status with
        {
            Created =
                status.State == BaseState.Gone
                    ? null
                    : await CreatedAsync(status.Use, reference, pin.Digest, cancellationToken).ConfigureAwait(false),
            CurrentCreated =
                status.State == BaseState.Current
                    ? null
                    : await CreatedAsync(status.Use, reference, status.Current!.Value, cancellationToken)
                        .ConfigureAwait(false),
        };

    private async Task<DateTimeOffset?> CreatedAsync(
        BaseDependency use,
        ImageReference reference,
        Digest digest,
        CancellationToken cancellationToken
    )
    {
        var repository = await OpenAsync(reference, cancellationToken).ConfigureAwait(false);
        var contents = await BaseContents
            .FindAsync(repository, digest, [.. use.Platforms.Take(1)], cancellationToken)
            .ConfigureAwait(false);
        return contents?.Created;
    }

    private async Task<ResolvedPin> ResolveAsync(
        BaseDependency use,
        Digest? wanted,
        CancellationToken cancellationToken
    )
    {
        var reference = use.Image!;
        var repository = await OpenAsync(reference, cancellationToken).ConfigureAwait(false);
        ManifestReference named = wanted is { } digest ? digest : reference.Manifest;
        var found =
            await repository.FindManifestAsync(named, cancellationToken).ConfigureAwait(false)
            ?? throw NotFound(use, reference);
        var contents = await BaseContents
            .FindAsync(repository, found.Digest, use.Platforms, cancellationToken)
            .ConfigureAwait(false);
        return new ResolvedPin(
            use,
            new BasePin(found.Digest, contents?.OnBuild, contents?.Env),
            contents?.Created,
            null
        );
    }

    private async Task<IReadableRepository> OpenAsync(ImageReference reference, CancellationToken cancellationToken) =>
        (await registries.OpenHostAsync(reference.Host, cancellationToken).ConfigureAwait(false)).Open(
            reference.Repository
        );

    private async Task<IReadOnlyList<T>> ForAllAsync<T>(
        IReadOnlyList<BaseDependency> uses,
        Func<BaseDependency, CancellationToken, Task<T>> query,
        Func<BaseDependency, LadingException, T> whenFailed,
        CancellationToken cancellationToken
    )
    {
        var results = new T[uses.Count];
        await Parallel
            .ForEachAsync(
                Enumerable.Range(0, uses.Count),
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (i, token) =>
                {
                    try
                    {
                        results[i] = await WithinLimitAsync(uses[i], query, token).ConfigureAwait(false);
                    }
                    catch (LadingException failure)
                    {
                        results[i] = whenFailed(uses[i], failure);
                    }
                }
            )
            .ConfigureAwait(false);
        return results;
    }

    private async Task<T> WithinLimitAsync<T>(
        BaseDependency use,
        Func<BaseDependency, CancellationToken, Task<T>> query,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await query(use, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
            when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new LadingException(
                $"Could not find image {use.Reference}",
                $"{use.Image!.Host} did not answer within {limit!.Value.TotalSeconds:0} s"
            );
        }
    }

    /// <summary>Whether a base has a pin is known even if its registry fails.</summary>
    private static BasePinStatus Unreachable(BaseDependency use, LadingException failure) =>
        new(use, use.Digest is null ? BaseState.Unpinned : BaseState.Unreachable) { Failure = failure };

    private static LadingException NotFound(BaseDependency use, ImageReference reference) =>
        new(
            $"Could not find image {use.Reference}",
            $"{reference.Host} has no such image, or none that these credentials may see",
            $"Check the reference. If the image is private, log in: docker login {reference.Host}. An image that only a local engine has cannot be pinned: push it to a registry."
        );
}
