using System.Globalization;

namespace Lading.Diagnosis;

/// <summary>Runs checks at the same time. Each has a time limit, and one that fails or hangs is told, and keeps nobody else waiting.</summary>
/// <param name="checks">The checks.</param>
/// <param name="limit">How long each may take.</param>
/// <param name="time">The clock.</param>
internal sealed class Examination(IReadOnlyList<IHealthCheck> checks, TimeSpan limit, TimeProvider time)
{
    /// <summary>How long a check may take unless the user says otherwise.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(20);

    public async Task<HealthReport> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var results = await Task.WhenAll(checks.Select(check => LookAsync(check, cancellationToken)))
            .ConfigureAwait(false);
        return new HealthReport(results, time.GetElapsedTime(started));
    }

    /// <summary>Removes what killed runs left, and looks afterwards.</summary>
    public async Task<HealthReport> CleanAsync(CancellationToken cancellationToken)
    {
        var removed = new List<string>();
        foreach (var cleaning in checks.OfType<ICleaning>())
        {
            removed.AddRange(await cleaning.CleanAsync(cancellationToken).ConfigureAwait(false));
        }

        var report = await RunAsync(cancellationToken).ConfigureAwait(false);
        return report with { Removed = removed };
    }

    private async Task<HealthResult> LookAsync(IHealthCheck check, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // Off this thread, which others wait for; and not waited for where it does not end when it is told to.
            var findings = await Task.Run(() => check.LookAsync(ending.Token), cancellationToken)
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
            await ending.CancelAsync().ConfigureAwait(false);
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
            return Of(check, [HealthFinding.Unknown(OneLine(e.CameBack), OneLine(e.Remedy))]);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Of(check, [HealthFinding.Unknown(OneLine($"{e.GetType().Name}: {e.Message}"))]);
        }
    }

    private static HealthResult Of(IHealthCheck check, IReadOnlyList<HealthFinding> findings) =>
        new(check.Name, check.Environment, [.. findings.OrderBy(finding => finding.Severity)]);

    private static string OneLine(string text) =>
        string.Join(
                ' ',
                text.Split((char[])['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            )
            .TrimEnd('.');
}
