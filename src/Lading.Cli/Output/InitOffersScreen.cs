using Lading.Initializing;

namespace Lading.Cli.Output;

/// <summary>
/// The changes that <c>init</c> offers besides images: two lines of the app, and entries for third-party images.
/// </summary>
internal static class InitOffersScreen
{
    public static void Show(Terminal terminal, InitOutcome outcome)
    {
        foreach (var sidecar in outcome.Sidecars)
        {
            terminal.Narrate(
                $"  {sidecar.Reference} runs by a tag that may move. To mirror and pin it: {sidecar.Entry}"
            );
        }

        if (outcome.Edit is not { } edit)
        {
            return;
        }

        var folder = outcome.Beside;
        terminal.Result(
            outcome.IsEdited
                ? $"  changed {folder}{edit.Path}; the app needs the library: {edit.InstallFrom(folder)}"
                : $"  {folder}{edit.Path} could hand image assets to Lading (lading init --write; {edit.InstallFrom(folder)}):"
        );
        foreach (var line in new[] { $"+ {edit.Import}", $"- {edit.Before}", $"+ {edit.After}" })
        {
            terminal.Narrate($"    {line}");
        }
    }
}
