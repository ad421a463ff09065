using System.Globalization;

namespace Lading.Diagnosis;

/// <summary>Runs checks concurrently. Each has a time limit; one that fails or hangs is reported, and delays no other.</summary>
/// <param name="checks">The checks.</param>
/// <param name="limit">The time limit for each.</param>
/// <param name="time">The clock.</param>
internal sealed class Examination(IReadOnlyList<IHealthCheck> checks, TimeSpan limit, TimeProvider time)
{
    /// <summary>The default time limit for a check.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(20);

    public async Task<HealthReport> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var results = await Task.WhenAll(checks.Select(check => LookAsync(check, cancellationToken)))
            .ConfigureAwait(false);
        return new HealthReport(results, time.GetElapsedTime(started));
    }

    /// <summary>Removes the left-overs of killed runs, then runs the checks.</summary>
    public async Task<HealthReport> CleanAsync(CancellationToken cancellationToken)
    {
        var removed = new List<string>();
        var failed = new Dictionary<IHealthCheck, HealthFinding>();
        foreach (var check in checks)
        {
            try
            {
                if (check is ICleanableCheck cleaning)
                {
                    removed.AddRange(await cleaning.CleanAsync(cancellationToken).ConfigureAwait(false));
                }
            }
            catch (LadingException e)
            {
                failed[check] = HealthFinding.Warning($"{e.Attempted}: {e.CameBack}", e.Remedy);
            }
        }

        var report = await RunAsync(cancellationToken).ConfigureAwait(false);
        return report with
        {
            Removed = removed,
            Results =
            [
                .. checks.Zip(
                    report.Results,
                    (check, result) =>
                        failed.TryGetValue(check, out var failure) ? Of(check, [failure, .. result.Findings]) : result
                ),
            ],
        };
    }

    private async Task<HealthResult> LookAsync(IHealthCheck check, CancellationToken cancellationToken)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // Runs on another thread, so that a blocking check delays no other, and is abandoned if it ignores
            // cancellation.
            var findings = await Task.Run(() => check.LookAsync(cancellation.Token), cancellationToken)
                .WaitAsync(limit, time, cancellationToken)
                .ConfigureAwait(false);
            return Of(check, findings);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (TimeoutException)
        {
            await cancellation.CancelAsync().ConfigureAwait(false);
            var seconds = limit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
            return Of(
                check,
                [
                    HealthFinding.Unknown(
                        $"it did not end within {seconds} s",
                        "try again, or give it longer with --timeout"
                    ),
                ]
            );
        }
        catch (LadingException e)
        {
            return Of(check, [HealthFinding.Unknown(e)]);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Of(check, [HealthFinding.Unknown($"{e.GetType().Name}: {e.Message}")]);
        }
    }

    private static HealthResult Of(IHealthCheck check, IReadOnlyList<HealthFinding> findings) =>
        new(
            check.Name,
            check.Environment,
            [.. findings.Select(each => each.InOneLine()).OrderBy(each => each.Severity)]
        );
}
