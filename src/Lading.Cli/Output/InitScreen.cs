using Lading.Cli.Commands;
using Lading.Configuration.Proposals;
using Lading.Initializing;

namespace Lading.Cli.Output;

/// <summary>The output of <c>init</c>.</summary>
internal static class InitScreen
{
    private const int Widest = 100;
    private const int MaximumNames = 5;

    public static void Show(Invocation invocation, InitOutcome outcome)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(InitDocument.Of(outcome));
            return;
        }

        var terminal = invocation.Terminal;
        Found(terminal, outcome);
        var count = outcome.Configuration.Images.Count;
        var names =
            count == 0
                ? "no images yet"
                : $"{Words.Images(count)}: {string.Join(", ", outcome.Configuration.Images.Keys)}";
        terminal.Result(
            outcome.IsNew ? $"  wrote {outcome.Path} with {names}" : $"  {outcome.Path} is here already, with {names}"
        );
        if (outcome.IsIgnoring)
        {
            terminal.Result("  added .lading/ to .gitignore");
        }

        Pinned(terminal, outcome);
        foreach (var note in outcome.Notes)
        {
            terminal.Warn(note.ToString());
        }

        InitOffersScreen.Show(terminal, outcome);
        if (outcome.IsNew)
        {
            Next(terminal, outcome, count);
        }
        else
        {
            foreach (var image in outcome.Unused)
            {
                terminal.Narrate(
                    $"  {image.Dockerfile} is in no image. It could be: \"{image.Name}\": {ConfigurationDraft.Entry(image, outcome.Folder)}"
                );
            }
        }
    }

    private static void Found(Terminal terminal, InitOutcome outcome)
    {
        terminal.Narrate($"  cdk.json      {Describe(outcome.App)}");
        var dockerfiles = outcome.Proposals.Images.Select(Describe).Order(StringComparer.Ordinal).ToList();
        var line = string.Join(" · ", dockerfiles.DefaultIfEmpty("none that git knows"));
        terminal.Narrate(
            $"  Dockerfiles   {(line.Length <= Widest ? line : string.Join("\n                ", dockerfiles))}"
        );
        foreach (var unread in outcome.Proposals.Unread)
        {
            terminal.Warn($"left out {unread.Path}: {unread.Problem}");
        }
    }

    private static void Pinned(Terminal terminal, InitOutcome outcome)
    {
        var pins = outcome.Pins;
        if (pins.Pinned.Count > 0)
        {
            terminal.Result($"  pinned {string.Join(", ", pins.Pinned)} in lading.bases.json");
        }

        foreach (var (reference, why) in pins.Unpinned)
        {
            terminal.Narrate(
                $"  {reference} is unpinned{(why is null ? "" : $" ({why})")}: {outcome.Program} bases update"
            );
        }
    }

    private static void Next(Terminal terminal, InitOutcome outcome, int images)
    {
        if (outcome.Untracked.Count > 0)
        {
            var them = outcome.Untracked.Count == 1 ? "it" : "them";
            terminal.Narrate(
                $"  not in git yet: {Listing.Of(outcome.Untracked, MaximumNames)}. Commit {them}, too, with what {(outcome.Untracked.Count == 1 ? "it copies" : "they copy")}."
            );
        }

        terminal.Narrate("");
        if (images == 0)
        {
            terminal.Narrate("  Next: name an image in lading.json; the comments in it show the three kinds");
            return;
        }

        var which = images switch
        {
            1 => "it",
            2 => "both",
            _ => $"all {images}",
        };
        var folder = outcome.Beside;
        string[] written =
        [
            outcome.Path,
            .. outcome.IsIgnoring ? [folder + ".gitignore"] : Array.Empty<string>(),
            .. outcome.Pins.Pinned.Count > 0 ? [folder + "lading.bases.json"] : Array.Empty<string>(),
        ];
        terminal.Narrate(
            $"  Next: git add {string.Join(' ', written.Select(ShellArgument.Of))} && git commit -m \"Add lading.json\""
        );
        var publish = $"{outcome.Program} publish";
        terminal.Narrate(
            $"        {publish}          builds {which} into the embedded registry, nothing leaves this machine"
        );
        terminal.Narrate($"        {publish} --env …  once an environment is in lading.json");
    }

    private static string Describe(CdkApp? app) =>
        app switch
        {
            null => "none; lading.json works without a CDK app too",
            { Language: null } => "an app of a language that its command does not tell",
            { EntryPoint: null } => $"{app.Language} app",
            _ => $"{app.Language} app, {app.EntryPoint}",
        };

    private static string Describe(ProposedImage image)
    {
        var context = image.Context.Length == 0 ? "." : image.Context;
        string[] parts =
        [
            .. image.Targets.Count == 0 ? Array.Empty<string>() : [$"targets: {string.Join(", ", image.Targets)}"],
            .. image.Target is { } target ? [$"target {target}"] : Array.Empty<string>(),
            .. image.ContextSource is { } source ? [$"context {context}, by {source}"] : Array.Empty<string>(),
            .. image.IsGuessed ? [$"context {context}, guessed"] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? image.Dockerfile : $"{image.Dockerfile} ({string.Join("; ", parts)})";
    }
}
