using Lading.Shipping;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>One line with the progress of a copy, on a terminal.</summary>
internal sealed class CopyProgressScreen(Terminal terminal) : IProgress<CopyProgress>
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CopyProgress? latest;

    public void Report(CopyProgress value)
    {
        latest = value;
        begun.TrySetResult();
    }

    /// <summary>Shows the progress of a copy until it ends.</summary>
    public async Task<T> ShowAsync<T>(Func<IProgress<CopyProgress>, Task<T>> work)
    {
        var working = work(this);
        // Nothing is drawn before the first report: until then, the user may be asked for an MFA code.
        if (terminal.IsLive && await Task.WhenAny(working, begun.Task).ConfigureAwait(false) == begun.Task)
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
                // If drawing fails, the copy continues.
                await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return await working.ConfigureAwait(false);
    }

    private Text Line() =>
        new(
            $"  {latest!.Blobs} of {latest.TotalBlobs} blobs, {Amount.OfBytes(latest.Bytes)} of {Amount.OfBytes(latest.TotalBytes)}"
        );
}
