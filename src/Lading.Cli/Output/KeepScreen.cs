using Lading.Cli.Commands;
using Lading.Configuration;

namespace Lading.Cli.Output;

/// <summary>The output of <c>keep</c>.</summary>
internal static class KeepScreen
{
    public static void Show(Invocation invocation, KeepOutcome outcome)
    {
        var terminal = invocation.Terminal;
        if (invocation.Json)
        {
            terminal.Result(KeepDocument.Of(outcome));
            return;
        }

        var name = $"{outcome.Name}@{outcome.Digest.Short}";
        terminal.Result(
            outcome.Kept is { } kept ? $"  {name} is kept until {UtcText.Day(kept.Until)}"
            : outcome.IsChange ? $"  {name} is no longer kept by name"
            : $"  {name} is not kept by name"
        );
        if (outcome.IsChange)
        {
            terminal.Narrate(
                outcome.Kept is null
                    ? $"  Review the change of {outcome.File} and commit it."
                    : $"  Review the change of {outcome.File} and commit it. The same with --end ends it."
            );
        }
        else if (outcome.Kept is not null)
        {
            terminal.Narrate($"  {outcome.File} is unchanged.");
        }
    }
}
