using Lading.Shipping;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>One line with the progress of a copy, on a terminal.</summary>
internal sealed class CopyProgressScreen(Terminal terminal) : IProgress<CopyProgress>
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private volatile CopyProgress? latest;

    public void Report(CopyProgress value) => latest = value;

    /// <summary>Shows progress while work runs.</summary>
    public async Task<T> ShowAsync<T>(Func<IProgress<CopyProgress>, Task<T>> work)
    {
        var working = work(this);
        if (terminal.IsLive)
        {
            try
            {
                await terminal
                    .Progress.Live(Line())
                    .AutoClear(true)
                    .StartAsync(async live =>
                    {
                        while (await Task.WhenAny(working, Task.Delay(Tick)).ConfigureAwait(false) != working)
                        {
                            live.UpdateTarget(Line());
                        }
                    })
                    .ConfigureAwait(false);
            }
            finally
            {
                // If drawing fails, the work is not abandoned.
                await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return await working.ConfigureAwait(false);
    }

    private Text Line() =>
        new(
            latest is { } now
                ? $"  {now.Blobs} of {now.TotalBlobs} blobs, {Amount.OfBytes(now.Bytes)} of {Amount.OfBytes(now.TotalBytes)}"
                : "  looking"
        );
}
