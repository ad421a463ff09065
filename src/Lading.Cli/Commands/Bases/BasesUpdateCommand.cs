using System.CommandLine;
using Lading.Bases;
using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Cli.Commands.Bases;

/// <summary><c>lading bases update</c>: adds and updates pins.</summary>
internal static class BasesUpdateCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "update",
            "Pins bases to what their references point to now. Changes only lading.bases.json."
        );
        var references = BasesCommand.References();
        references.Description =
            "References as 'lading bases' lists them; add @digest to pin one to that digest. Default: all.";
        var prune = new Option<bool>("--prune") { Description = "Remove pins that no image uses." };
        command.Arguments.Add(references);
        command.Options.Add(prune);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(invocation, invocation.Value(references) ?? [], invocation.Value(prune), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        IReadOnlyList<string> references,
        bool prune,
        CancellationToken cancellationToken
    )
    {
        var reading = await BaseSelection.OfAsync(invocation, cancellationToken).ConfigureAwait(false);
        var wanted = references.Select(text => PinTarget.Of(text, reading.Bases)).ToList();
        var chosen = reading.Choose([.. wanted.Select(update => update.Reference)]);
        var unable = chosen.Where(use => use.KnownState is BaseState.Local or BaseState.Variable).ToList();
        if (references.Count > 0 && unable.Count > 0)
        {
            throw CannotBePinned(unable[0]);
        }

        using var registries = invocation.OpenRegistries(reading.Project);
        var resolved = await new BaseSurvey(registries, invocation.Host.Time)
            .ResolveAsync(
                [.. chosen.Except(unable).Where(use => !use.NeedsNoPin)],
                use => wanted.Find(update => use.IsNamed(update.Reference))?.Digest,
                cancellationToken
            )
            .ConfigureAwait(false);
        var pins = reading.Bases.Pins.With(
            resolved
                .Where(each => each.Pin is not null)
                .Select(each => KeyValuePair.Create(each.Use.Reference, each.Pin!))
        );
        var removed = prune ? reading.Bases.Unused : [];
        var written = await BasePinsFile
            .WriteAsync(reading.Project.Folder.Path, reading.DisplayPath, pins.Without(removed), cancellationToken)
            .ConfigureAwait(false);
        var outcome = new BasesUpdateScreen(resolved, unable, removed, written ? reading.DisplayPath : null);
        outcome.Show(invocation);
        return outcome.Failures.Any() ? (int)FailureKind.Failed : 0;
    }

    private static LadingException CannotBePinned(BaseUse use) =>
        LadingException.Usage(
            $"Could not pin {use.Reference}",
            use.KnownState == BaseState.Local
                ? "it exists only in an engine on this machine"
                : "a variable is in it that only the engine knows",
            use.KnownState == BaseState.Local
                ? "Push it to a registry, and name it there."
                : "Give the argument a default in the Dockerfile, or a value under \"args\" in lading.json."
        );

    /// <summary>A base on the command line, with the digest to pin it to, if given.</summary>
    private sealed record PinTarget(string Reference, Digest? Digest)
    {
        public static PinTarget Of(string text, ProjectBases bases)
        {
            var at = text.IndexOf('@', StringComparison.Ordinal);
            return
                at > 0
                && Oci.Digest.TryParse(text[(at + 1)..], out var digest)
                && !bases.Uses.Any(use => use.IsNamed(text))
                ? new PinTarget(text[..at], digest)
                : new PinTarget(text, null);
        }
    }
}
