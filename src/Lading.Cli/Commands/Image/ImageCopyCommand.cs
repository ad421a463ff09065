using System.CommandLine;
using Lading.Cli.Output;
using Lading.Locations;
using Lading.Shipping;

namespace Lading.Cli.Commands.Image;

/// <summary><c>lading image push|pull|copy</c>.</summary>
internal static class ImageCopyCommand
{
    public static Command Create(VerbContext context, ImageCopyVerb verb)
    {
        var source = new Argument<string>("source") { Description = "The image." };
        var target = new Argument<string>("target")
        {
            Description = "Where it goes. It keeps its digest, and its tag unless you give another.",
        };
        var options = new LocationOptions();
        var referrers = new Option<bool>("--referrers")
        {
            Description = "Also copy signatures, attestations and SBOMs.",
        };
        var immutable = new Option<bool>("--immutable")
        {
            Description = "Fail if the tag points to another digest already, even if the registry would move it.",
        };
        var command = new Command(verb.Name, verb.Description);
        command.Arguments.Add(source);
        command.Arguments.Add(target);
        options.AddTo(command, withPlatform: true);
        command.Options.Add(referrers);
        command.Options.Add(immutable);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
            {
                var copy = new LocatedCopy(
                    LocationOptions.Read(invocation.Value(source)!),
                    LocationOptions.Read(invocation.Value(target)!),
                    options.Platform(invocation),
                    invocation.Value(referrers),
                    invocation.Value(immutable) ? TagRule.Keep : TagRule.Move
                );
                verb.Require(copy.Source, copy.Target);
                return RunAsync(invocation, copy, options, cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        LocatedCopy copy,
        LocationOptions options,
        CancellationToken cancellationToken
    )
    {
        var started = invocation.Host.Time.GetTimestamp();
        using var locations = options.Open(invocation);
        var outcome = await new CopyProgressScreen(invocation.Terminal)
            .ShowAsync(progress => copy.RunAsync(locations, progress, cancellationToken))
            .ConfigureAwait(false);
        new CopyScreen(
            copy.Source,
            copy.Target,
            outcome.Tag,
            outcome.Copied,
            outcome.Referrers,
            invocation.Host.Time.GetElapsedTime(started)
        ).Show(invocation);
        return 0;
    }
}
