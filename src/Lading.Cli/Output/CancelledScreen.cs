using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>What a publication that was cancelled has done, and what it has not.</summary>
internal static class CancelledScreen
{
    /// <summary>Waits for the outcome, and tells what stays if there is none.</summary>
    /// <param name="terminal">The output.</param>
    /// <param name="publishing">The publication.</param>
    /// <param name="steps">The last step of each image that was worked on.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<PublishOutcome> TellAsync(
        Terminal terminal,
        Task<PublishOutcome> publishing,
        IReadOnlyDictionary<string, ShippingEvent> steps
    )
    {
        try
        {
            return await publishing.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            terminal.Narrate(
                steps.Count > 0
                    ? "  The lock is as it was. What was pushed stays in the registry, and the next run continues from there."
                    : "  Nothing was published, and the lock is as it was."
            );
            throw;
        }
    }
}
